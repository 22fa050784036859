import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type Checked, checkInstruments } from '#authoring/check'
import { differences } from '#authoring/differences'
import { instrumentsWorkbook, readInstrumentsFile } from '#authoring/files'
import type { RawSheet } from '#authoring/read-sheets'
import { yearToSheets } from '#authoring/to-sheets'
import { documentOf, type YearDocument } from '#instruments/years'
import th from '#locales/th/authoring.json' with { type: 'json' }
import { utf8 } from '#protocol/bytes'
import { inventedDocument } from '#tests/support/invented-year.ts'

const check = (sheets: readonly RawSheet[]) => checkInstruments({ sheets, faults: [] }, [th], [])
const codes = ({ faults }: Checked, wanted: string) => faults.filter(({ code }) => code === wanted)

type Cells = Readonly<Record<string, string>>

/** The invented year's sheets with the rows of one changed: each row by its columns. */
function edited(
  sheet: keyof typeof th.sheet,
  change: (cells: Cells, at: number) => Cells | readonly Cells[],
): RawSheet[] {
  const columns = th.column as Cells
  return yearToSheets(inventedDocument(), th).map((one) => {
    if (one.name !== th.sheet[sheet]) return one
    const [head = [], ...rows] = one.rows
    const name = (heading: string) => Object.keys(columns).find((column) => columns[column] === heading) ?? heading
    const changed = rows.flatMap((row, at) => {
      const cells = Object.fromEntries(head.map((heading, place) => [name(heading), row[place] ?? '']))
      return change(cells, at)
    })
    return { ...one, rows: [head, ...changed.map((cells) => head.map((heading) => cells[name(heading)] ?? ''))] }
  })
}

const set = (own: Readonly<Record<string, Cells>>, by: string) => (cells: Cells) => ({
  ...cells,
  ...own[cells[by] ?? ''],
})

/** The workbook of the invented year with one of its parts changed. */
async function altered(part: RegExp, change: (xml: string) => string): Promise<Uint8Array> {
  const workbook = await (await instrumentsWorkbook(inventedDocument(), th)).arrayBuffer()
  const parts = unzipSync(new Uint8Array(workbook))
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, bytes]) => [
        name,
        part.test(name) ? strToU8(change(new TextDecoder().decode(bytes))) : bytes,
      ]),
    ),
  )
}

describe('a year that an officer filled in wrongly', () => {
  it('is asked about at every item whose option says "nothing of it" and scores 0, wherever in the option that stands', () => {
    const document = documentOf('2566')
    const reversed = document.forms[0]?.form.scales['level-reversed']
    if (!reversed) throw new Error('no such set')
    // the classic mistake: all eight reversed items entered like their neighbours
    const sheets = yearToSheets({ ...document, rules: { ...document.rules, id: '2566-own' } }, th).map((one) => ({
      ...one,
      rows: one.rows
        .filter(([scale]) => one.name !== th.sheet.options || scale !== 'level-reversed')
        .map((row) => row.map((cell) => (cell === 'level-reversed' ? 'level' : cell))),
    }))
    const asked = codes(check(sheets), 'polarity').map(({ value }) => value.split(' ')[0])
    expect(asked).toEqual(expect.arrayContaining(['I10', 'I11', 'I12', 'I16', 'I17', 'I18', 'I22', 'I23']))
  })

  it('is stopped at the cell where an indicator goes on after another one', () => {
    const sheets = edited('items', set({ I2: { indicator: '2' }, I3: { indicator: '1' } }, 'item'))
    expect(codes(check(sheets), 'indicator-resumes').map(({ cell }) => cell)).toEqual(['B4', 'B5'])
  })

  it('is stopped when English words stand there and the questionnaire has no English title', () => {
    const noTitle = edited('set', (cells, at) => (at === 1 ? { ...cells, titleEn: '' } : cells))
    expect(codes(check(noTitle), 'title-en-missing').map(({ cell }) => cell)).toEqual(['E3'])
  })

  it('is stopped when a group has the id of another one or of an indicator, and when an item names no group', () => {
    const indicators = (id: string) =>
      edited('indicators', (cells) =>
        cells.indicator === '1' ? [cells, { ...cells, group: id, nameTh: 'กลุ่ม', nameEn: 'Group' }] : cells,
      )
    expect(codes(check(indicators('2')), 'id-twice').length).toBeGreaterThan(0)
    const named = indicators('a')
    expect(codes(check(named), 'group-missing').map(({ value }) => value)).toEqual(['I1', 'I2'])
  })

  it('is stopped when levels do not fall, have thousandths, or a bound of an instrument is above 100', () => {
    const levels = (own: Readonly<Record<string, Cells>>) => check(edited('levels', set(own, 'level')))
    const first = th.value.pass
    for (const own of [{ from: '84.995' }, { from: '0', eachFrom: '' }])
      expect(codes(levels({ [first]: own }), 'levels')).toHaveLength(1)
    expect(codes(levels({ [first]: { eachFrom: '500' } }), 'number')).toHaveLength(1)
    expect(codes(levels({ [first]: { level: th.value['improve-urgently'] } }), 'levels')).toHaveLength(1)
    expect(check(edited('levels', set({ [first]: { from: '64.01' } }, 'level'))).document).not.toBeNull()
  })

  it('is asked about a sample of a tenth of a per cent, which a cell of 10 % is read as', () => {
    const lanes = edited('lanes', set({ [th.value['eit-survey']]: { percent: '0.1' } }, 'lane'))
    expect(codes(check(lanes), 'percent-small')).toHaveLength(1)
  })

  it('is stopped when what is ticked has three options, or a topic stands there twice', () => {
    const three = edited('options', (cells) =>
      cells.scale === 'done' && cells.place === '2'
        ? [
            { ...cells, score: '50', labelTh: 'บางส่วน', labelEn: 'Some' },
            { ...cells, place: '3', code: '3', score: '0' },
          ]
        : cells,
    )
    expect(codes(check(three), 'oit-two')).toHaveLength(1)
    expect(codes(check(edited('topics', (cells) => [cells, cells])), 'id-twice')).toHaveLength(1)
  })

  it('is stopped at letters that nobody can tell apart, or see', () => {
    for (const hidden of ['ก\u00adข', 'ก\u034fข', 'ก\ufe0fข', 'ก\ufffdข', 'ก\u3164ข'])
      expect(codes(check(edited('items', set({ I1: { textTh: hidden } }, 'item'))), 'hidden-characters')).toHaveLength(
        1,
      )
    const twoStrokes = check(edited('items', set({ I1: { textTh: 'เเบบ' } }, 'item')))
    expect(codes(twoStrokes, 'letters-alike')).toHaveLength(1)
    const split = check(edited('items', set({ I1: { textTh: 'ท\u0e4d\u0e48\u0e32' } }, 'item')))
    expect(split.document?.forms[0]?.words.th?.item.I1?.text).toBe('ท\u0e48\u0e33')
  })

  it('is asked about options of two sets that differ by a letter or two, and not about short words or other ones', () => {
    const mistyped = edited('options', set({ four: {} }, 'scale')).map((one) => ({
      ...one,
      rows: one.rows.map((row) => row.map((cell) => (cell === 'เชื่อมั่นมากที่สุด' ? 'พบเห้นมากที่สุด' : cell))),
    }))
    expect(codes(check(mistyped), 'labels-close').map(({ value }) => value)).toEqual(['พบเห้นมากที่สุด / พบเห็นมากที่สุด'])
    expect(codes(check(edited('options', (cells) => cells)), 'labels-close')).toEqual([])
    const own = documentOf('2566')
    const sheets = yearToSheets({ ...own, rules: { ...own.rules, id: '2566-own' } }, th)
    expect(codes(check(sheets), 'labels-close')).toEqual([])
  })

  it('says what makes scores other than last year’s: weights, levels, samples, indicators and codes', () => {
    const now = inventedDocument()
    const rules = {
      ...now.rules,
      weights: { iit: 10, eit: 50, oit: 40 },
      eitParts: { 'eit-public': 1, 'eit-survey': 1 },
    }
    const moved = JSON.parse(
      JSON.stringify({ ...now, rules }).replaceAll('["I4","ever"]', '["I4","other"]'),
    ) as YearDocument
    const found = differences(moved, now, th).map(({ item, what }) => `${item} ${what}`)
    expect(found).toEqual(expect.arrayContaining([`${th.column.weight} rules`, `${th.sheet.lanes} rules`, 'I4 scores']))
  })
})

describe('a file that attacks whoever reads it', () => {
  it('is not unpacked into a table of millions of cells', async () => {
    const far = '<row r="20000"><c r="XFD20000"><v>1</v></c></row></sheetData>'
    const read = await readInstrumentsFile(await altered(/sheet1\.xml$/, (xml) => xml.replace('</sheetData>', far)), th)
    expect(read.faults.map(({ code, cell }) => [code, cell])).toEqual([['cells-too-far', 'XFD20000']])
  })

  it('is not unpacked when it would be larger than any questionnaire', async () => {
    const bomb = await altered(/sheet7\.xml$/, (xml) =>
      xml.replace('</sheetData>', `</sheetData>${' '.repeat(60_000_000)}`),
    )
    expect(bomb.length).toBeLessThan(1_000_000)
    expect((await readInstrumentsFile(bomb, th)).faults.map(({ code }) => code)).toEqual(['file-too-large'])
  })

  it('names a formula however it is written', async () => {
    for (const cell of [
      '<c s="1" r="D2"><f>1+1</f><v>2</v></c>',
      '<c r="D2"><v>2</v><f>1+1</f></c>',
      '<x:c r="D2"><x:f>1+1</x:f></x:c>',
    ]) {
      const bytes = await altered(/sheet1\.xml$/, (xml) => xml.replace('</row>', `${cell}</row>`))
      const { faults } = await readInstrumentsFile(bytes, th)
      expect(faults).toContainEqual(expect.objectContaining({ code: 'formula', cell: 'D2', value: th.sheet.set }))
    }
  })

  it('of JSON with a number where a text is wanted is a fault and no error, and says when something of it has no place', async () => {
    const document = inventedDocument()
    const broken = utf8(JSON.stringify({ ...document, rules: { ...document.rules, id: 2570 } }))
    expect((await readInstrumentsFile(broken, th)).faults.map(({ code }) => code)).toEqual(['file-unreadable'])
    const outline = utf8(JSON.stringify({ ...document, rules: { ...document.rules, status: 'outline' } }))
    const checked = checkInstruments(await readInstrumentsFile(outline, th), [th], [])
    expect(codes(checked, 'not-the-same')).toHaveLength(1)
  })

  it('of eighty thousand short lines is read at once', async () => {
    const lines = utf8('x,y\n'.repeat(80_000))
    // its rows were copied for every row: 233 seconds
    const { sheets } = await readInstrumentsFile(lines, th)
    expect(sheets.map(({ rows }) => rows.length)).toEqual([16_000])
  }, 10_000)
})
