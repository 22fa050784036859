import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { scorecardTable } from '#cli/terminal/scorecard-table'
import type { FormWords } from '#instruments/form-document'
import exported from '#locales/th/export.json' with { type: 'json' }
import { csvLines } from '#results/exports/csv'
import type { ExportInput } from '#results/exports/export-input'
import { writeExport } from '#results/exports/write-export'
import type { Release } from '#results/release'
import { fromCells, tableColumns } from '#results/responses-csv'
import type { RoundForms } from '#results/round-forms'
import { ScorecardBuilder } from '#results/scorecard'
import type { QuestionnaireFile } from '#survey/questionnaire'
import { readYear } from '#survey/year'

/** A year nobody has: sets of two, four, five and six options, some used once; EIT Public counts three times. */
const IIT: QuestionnaireFile = {
  id: 'iit-2599',
  instrument: 'iit',
  fiscalYear: 2599,
  scales: {
    two: [
      [1, 0],
      [0, 100],
    ],
    five: [
      [1, 0],
      [2, 25],
      [3, 50],
      [4, 75],
      [5, 100],
    ],
    six: [
      [1, 100],
      [2, 80],
      [3, 60],
      [4, 40],
      [5, 20],
      [6, 0],
    ],
  },
  indicators: [
    {
      id: 'A',
      groups: [
        {
          id: 'A',
          items: [
            ['Q1', 'two'],
            ['Q2', 'five'],
            ['Q3', 'six'],
          ],
        },
      ],
    },
  ],
}
const EIT: QuestionnaireFile = {
  id: 'eit-2599',
  instrument: 'eit',
  fiscalYear: 2599,
  scales: {
    four: [
      [1, 0],
      [2, 30],
      [3, 60],
      [4, 100],
    ],
  },
  indicators: [{ id: 'B', groups: [{ id: 'B', items: [['V1', 'four']] }] }],
}
const OIT: QuestionnaireFile = {
  id: 'oit-2599',
  instrument: 'oit',
  fiscalYear: 2599,
  scales: {
    shown: [
      [100, 100],
      [0, 0],
    ],
  },
  indicators: [{ id: 'C', groups: [{ id: 'C', items: [['P1', 'shown']] }] }],
}
const RULES = {
  id: '2599',
  fiscalYear: 2599,
  status: 'published',
  lanes: { iit: IIT.id, 'eit-public': EIT.id, 'eit-survey': EIT.id },
  oit: OIT.id,
  weights: { iit: 20, eit: 20, oit: 60 },
  eitParts: { 'eit-public': 3, 'eit-survey': 1 },
  levels: [
    { level: 'good', from: 50, confirmed: true },
    { level: 'improve', from: 0, confirmed: true },
  ],
  sample: { iit: { rule: 'everyone' } },
}

const year = readYear(RULES, [IIT, EIT, OIT])
const forms: RoundForms = { year, lanes: year.lanes, oit: year.oit }

const words: FormWords = {
  title: 'แบบที่คิดขึ้น',
  indicator: { A: 'หมวดหนึ่ง', B: 'หมวดสอง' },
  scale: {
    two: ['เคย', 'ไม่เคย'],
    five: ['ก', 'ข', 'ค', 'ง', 'จ'],
    six: ['ศูนย์', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า'],
    four: ['แย่', 'พอใช้', 'ดี', 'ดีมาก'],
  },
  item: Object.fromEntries(['Q1', 'Q2', 'Q3', 'V1'].map((id) => [id, { text: `ถาม ${id}`, plain: '', example: '' }])),
}

async function written(kind: 'csv' | 'json' | 'sps' | 'xlsx', input: ExportInput): Promise<string> {
  const parts: Buffer[] = []
  for await (const { part } of writeExport(kind, input))
    parts.push(typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer()))
  return Buffer.concat(parts).toString('utf8')
}

function release(): Release {
  const builder = new ScorecardBuilder(forms)
  builder.add({ lane: 'iit', answers: { Q1: 0, Q2: 4, Q3: 3 } })
  builder.add({ lane: 'eit-public', answers: { V1: 4 } })
  builder.add({ lane: 'eit-survey', answers: { V1: 2 } })
  const rest = { cid: 'A'.repeat(22), fiscalYear: 2599, agency: AGENCY, k: { iit: 1, eit: 1 } }
  const asked = { id: '2599', hash: '' }
  const nothing = { spoiled: [], breakdowns: [], choices: [] }
  return { v: 2, asked, ...rest, ...builder.finish({ P1: 100 }), ...nothing }
}

const AGENCY = { th: { full: 'กรม', short: 'ก' }, en: { full: 'Department', short: 'D' } }

it('an invented year is scored by its own rules', () => {
  const { instruments, total, level } = release()
  // (100 + 75 + 60) / 3; (3 × 100 + 1 × 30) / 4
  expect([instruments.iit?.score, instruments.eit?.score, instruments.oit?.score]).toEqual([78.33, 82.5, 100])
  // 0.2 × 78.333… + 0.2 × 82.5 + 0.6 × 100
  expect([total, level]).toEqual([92.17, 'good'])
})

it('and written with its own columns and words into every file, and into the terminal', async () => {
  const { lanes } = forms
  if (!lanes.iit) throw new Error('no staff')
  const packed = {
    lane: 'iit',
    form: lanes.iit,
    codes: Uint8Array.of(0, 4, 3, 1, 5, 6),
    tickets: new Uint8Array(32),
    groups: { contact: Uint8Array.of(255, 255), point: Uint8Array.of(255, 255), unit: Uint8Array.of(255, 255) },
  } as const
  const random = new SeededRandom(1)
  const input: ExportInput = {
    release: release(),
    forms,
    rows: [packed],
    rowsAre: 'whole',
    words: {
      export: exported,
      language: 'th',
      questionnaires: { 'iit-2599': words, 'eit-2599': words, 'oit-2599': words },
    },
    randomBelow: (bound) => random.below(bound),
  }
  const csv = parse(await written('csv', input), { bom: true }) as string[][]
  expect(csv[0]).toEqual(['lane', 'Q1', 'Q2', 'Q3', 'V1'])
  expect(csv.slice(1).sort()).toEqual([
    ['iit', '0', '4', '3', ''],
    ['iit', '1', '5', '6', ''],
  ])
  const json = JSON.parse(await written('json', input))
  const schema = JSON.parse(readFileSync(new URL('../../public/results.schema.json', import.meta.url), 'utf8'))
  const validate = new Ajv({ strict: false }).compile(schema)
  expect([validate(json), validate.errors]).toEqual([true, null])
  expect(json.codebook).toContainEqual(expect.objectContaining({ item: 'Q3', code: 6, label: 'ห้า', score: 0 }))
  expect(json.codebook).toContainEqual(expect.objectContaining({ item: 'Q1', code: 0, label: 'ไม่เคย', score: 100 }))
  const syntax = await written('sps', input)
  expect(syntax).toContain("6 'ห้า'")
  expect(syntax).toContain("  Q2\r\n    1 'ก'")
  expect((await written('xlsx', input)).slice(0, 2)).toBe('PK')
  expect(scorecardTable(input.release, forms)).toContain('92.17')
  // and a table comes back as it went out
  const [row] = csv.slice(1)
  const cells = Object.fromEntries(tableColumns(forms).map((column, at) => [column, row?.[at] ?? '']))
  expect(csvLines([Object.values(fromCells(cells, forms).answers)]).trim()).toBe(row?.slice(1, 4).join(','))
})

it('rules that contradict themselves are refused when they are read', () => {
  const forms = [IIT, EIT, OIT]
  const read = (change: object) => () => readYear({ ...RULES, ...change }, forms)
  expect(read({ weights: { iit: 30, eit: 30, oit: 30 } })).toThrow('100')
  expect(read({ lanes: { ...RULES.lanes, iit: 'iit-2566' } })).toThrow('iit-2566')
  expect(read({ levels: [{ level: 'good', from: 50, confirmed: true }] })).toThrow('gap')
  expect(read({ levels: [{ level: 'grand', from: 0, confirmed: true }] })).toThrow('grand')
  expect(read({ eitParts: { iit: 1 } })).toThrow('EIT')
  expect(read({ sample: { iit: { rule: 'percent', percent: 0, atLeast: 1, atMost: 2 } } })).toThrow('samples')
  expect(read({ status: 'secret' })).toThrow('secret')
  const clash = { ...EIT, indicators: [{ id: 'B', groups: [{ id: 'B', items: [['Q1', 'four']] }] }] }
  expect(() => readYear(RULES, [IIT, clash, OIT])).toThrow('Q1')
  expect(() => readYear(RULES, [{ ...IIT, notes: { fees: ['Q9'] } }, EIT, OIT])).toThrow('Q9')
})
