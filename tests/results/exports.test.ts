import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { makeFixture } from '#cli/demo/fixture'
import { SeededRandom } from '#cli/demo/seeded-random'
import { exportWords } from '#cli/terminal/export-words'
import { PUBLISHED, type PublishedFigures } from '#instruments/published'
import { LANES, type Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import { csvLines } from '#results/exports/csv'
import type { ExportInput } from '#results/exports/export-input'
import { EXPORT_KINDS, exportName, writeExport } from '#results/exports/write-export'
import type { Response } from '#results/open-responses'
import { Opening } from '#results/opening'
import { packedCount } from '#results/packed'
import type { RowsAre } from '#results/release'
import { tableColumns } from '#results/responses-csv'
import { counted } from '#tests/support/counted.ts'
import { FORMS as ASKED, TEST_YEAR } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

const SCHEMA = JSON.parse(readFileSync(new URL('../../public/results.schema.json', import.meta.url), 'utf8'))

const FORMS: Readonly<Record<Lane, string>> = {
  iit: 'iit-2566',
  'eit-public': 'eit-2566',
  'eit-survey': 'eit-2566',
  'eit-open': 'eit-2566',
}

/** A round with a name that attacks whatever reads it. */
const manifest = {
  cid: 'AAAAAAAAAAAAAAAAAAAAAA',
  fiscalYear: 2569,
  instruments: { id: TEST_YEAR, hash: '' },
  agency: {
    th: { full: `=กรม "ทดสอบ", <b>&\n${'ก'.repeat(200)}🙂`, short: '=กรม' },
    en: { full: '@Tests', short: '@T' },
  },
  k: { iit: 10, eit: 5 },
  keyShares: { shares: 3, threshold: 2 },
  lanes: Object.fromEntries(
    LANES.map((lane) => [lane, { form: { id: FORMS[lane], hash: '' }, issuerKey: '', innerKey: '', eligible: 600 }]),
  ),
} as unknown as Manifest

function opened(responses: readonly Response[]): Opening {
  const opening = new Opening({ manifest })
  opening.add(responses.map(counted))
  return opening
}

function inputOf(opening: Opening, rowsAre: RowsAre = 'protected'): ExportInput {
  const random = new SeededRandom(7)
  const randomBelow = (bound: number) => Math.floor(random.fraction() * bound)
  const rows = opening.rows(rowsAre, randomBelow)
  return {
    release: opening.release(),
    forms: ASKED,
    rows,
    rowsAre,
    words: exportWords(opening.release().asked),
    randomBelow,
  }
}

async function written(kind: (typeof EXPORT_KINDS)[number], input: ExportInput): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const { part } of writeExport(kind, input))
    parts.push(typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer()))
  return Buffer.concat(parts)
}

const first = () => 0

const some = (lane: Lane, n: number): Response[] =>
  Array.from({ length: n }, (_, seed) => ({ lane, answers: randomAnswers(FORMS[lane], new SeededRandom(seed)) }))

describe('an export', () => {
  it('holds each released response once in every file, in no order, with codes that mean what the codebook says', async () => {
    const responses = makeFixture(PUBLISHED[0] as PublishedFigures, ASKED, new SeededRandom(1))
    // a demonstration: in earnest the 42 interviews would be too few to leave as rows
    const { keyShares: _none, ...demonstration } = manifest
    const opening = new Opening({ manifest: demonstration as Manifest })
    opening.add(responses.map(counted))
    const input = inputOf(opening, 'whole')
    const csv = (await written('csv', input)).toString('utf8')
    expect(csv.startsWith('\uFEFFlane,I1,')).toBe(true)
    const rows = parse(csv, { bom: true }) as string[][]
    expect(rows[0]).toEqual(tableColumns(ASKED))
    const expected = responses.map(({ lane, answers }) =>
      [
        lane,
        ...tableColumns(ASKED)
          .slice(1)
          .map((id) => String(answers[id] ?? '')),
      ].join(),
    )
    const found = rows.slice(1).map((row) => row.join())
    expect([...found].sort()).toEqual([...expected].sort())
    expect(found).not.toEqual(expected)

    const json = JSON.parse((await written('json', input)).toString('utf8'))
    const validate = new Ajv({ strict: false }).compile(SCHEMA)
    expect([validate(json), validate.errors]).toEqual([true, null])
    expect(json.rows).toHaveLength(responses.length)
    expect(json.codebook).toContainEqual(expect.objectContaining({ item: 'I10', code: 4, label: 'มากที่สุด', score: 0 }))
  })

  it('of a poster is a file of its own', async () => {
    const input = inputOf(opened([...some('eit-public', 6), ...some('eit-open', 7)]))
    expect(parse(await written('csv', input), { bom: true })).toHaveLength(7)
    expect(parse(await written('poster-csv', input), { bom: true })).toHaveLength(8)
  })

  it('never begins a cell with what a spreadsheet runs', () => {
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a,"b"', 'ปกติ']
    const [row] = parse(csvLines([cells]), { relax_column_count: true }) as string[][]
    expect(row).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", 'a,"b"', 'ปกติ'])
  })

  it('writes SPSS syntax whose labels fit and stay whole', async () => {
    const syntax = (await written('sps', inputOf(opened(some('iit', 12))))).toString('utf8')
    for (const line of syntax.split('\r\n')) {
      const label = /'(.*)'/.exec(line)?.[1] ?? ''
      expect(Buffer.byteLength(label)).toBeLessThanOrEqual(255)
      expect(label).not.toContain('\uFFFD')
    }
    expect(syntax).toContain('I10 I11 I12')
    expect(syntax).toContain("4 'มากที่สุด'")
  })

  it('is named after its round, and tells nothing of when or by whom it was saved', async () => {
    const input = inputOf(opened(some('iit', 12)))
    expect(EXPORT_KINDS.map((kind) => exportName(input, kind))).toContain('ita-2569-AAAAAA-responses-protected.csv')
    // names inside a zip stand there as they are
    const book = await written('xlsx', input)
    expect(book.includes('xl/workbook.xml')).toBe(true)
    for (const telling of ['docProps', 'creator', 'lastModifiedBy']) expect(book.includes(telling)).toBe(false)
  })
})

describe('what may be shown as a whole', () => {
  it('is nothing of one response, nothing of nine staff, and everything of ten', () => {
    for (const [n, shown] of [
      [1, false],
      [9, false],
      [10, true],
    ] as const) {
      const opening = opened(some('iit', n))
      const release = opening.release()
      expect([n, release.instruments.iit?.n]).toEqual([n, shown ? n : undefined])
      expect(release.withheld).toEqual(shown ? [] : [{ lane: 'iit', why: 'few' }])
      expect(opening.rows('protected', first).map(packedCount)).toEqual(shown ? [n] : [])
    }
  })

  it('leaves a part of too few visitors out of EIT: their mean cannot be worked out from the other part', () => {
    const release = opened([...some('eit-public', 30), ...some('eit-survey', 4)]).release()
    expect(release.instruments.eit?.parts.survey).toBeUndefined()
    expect(release.instruments.eit?.score).toBe(release.instruments.eit?.parts.public?.score)
    expect(release.withheld).toEqual([{ lane: 'eit-survey', why: 'few' }])
  })

  it('is a band where everybody answered alike, and no row', () => {
    const [one] = some('iit', 1) as [Response]
    const opening = opened(Array.from({ length: 40 }, () => one))
    const release = opening.release()
    expect(release.instruments.iit).toBeUndefined()
    expect(release.withheld).toEqual([{ lane: 'iit', why: 'alike', n: 40, band: expect.any(Array) }])
    expect(opening.rows('protected', first)).toEqual([])
    expect(opening.rows('whole', first)).toEqual([])
  })

  it('breaks staff down by unit and visitors by service point, with nothing of a unit of everyone but one', () => {
    const units = [
      { id: 'u1', name: 'กองใหญ่', eligible: 100 },
      { id: 'u2', name: 'กองที่เหลือคนเดียว', eligible: 20 },
      { id: 'u3', name: '=กอง "เล็ก", 🙂', eligible: 30 },
    ]
    const points = [
      { id: 'p1', name: 'เคาน์เตอร์ 1' },
      { id: 'p2', name: 'เคาน์เตอร์ 2' },
    ]
    const inGroup = (responses: Response[], coarse: Record<string, string>) =>
      responses.map((response) => counted({ ...response, coarse }))
    const opening = new Opening({ manifest: { ...manifest, units, points } })
    opening.add([
      ...inGroup(some('iit', 60), { unit: 'u1' }),
      ...inGroup(some('iit', 1), { unit: 'u2' }),
      ...inGroup(some('iit', 25), { unit: 'u3' }),
      ...inGroup(some('iit', 2), { unit: 'none' }),
      ...inGroup(some('eit-public', 40), { point: 'p1', contact: 'service' }),
      ...inGroup(some('eit-public', 3), { point: 'p2', contact: 'service' }),
    ])
    const { breakdowns } = opening.release()
    const shown = (by: string) => breakdowns.find((one) => one.by === by)
    // u2 and those who named none are three together: the next smallest goes with them
    expect(shown('unit')).toMatchObject({ lane: 'iit', n: 88, rows: [{ id: 'u1', name: 'กองใหญ่', n: 60 }], hidden: 2 })
    // three at the second counter are the complement of the first: neither is shown
    expect(shown('point')).toMatchObject({ lane: 'eit-public', rows: [], hidden: 2 })
    expect(shown('contact')).toMatchObject({ rows: [{ id: 'service', n: 43 }], hidden: 0 })
  })

  it('is everything in a demonstration, whose key lies beside it', () => {
    const { keyShares: _none, ...demonstration } = manifest
    const opening = new Opening({ manifest: demonstration as Manifest })
    opening.add(some('iit', 1).map(counted))
    expect(opening.release().instruments.iit?.n).toBe(1)
  })
})
