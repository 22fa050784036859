import { describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/universal'
import { type Checked, checkInstruments } from '#authoring/check'
import { differences } from '#authoring/differences'
import { instrumentsCsv, instrumentsWorkbook, readInstrumentsFile } from '#authoring/files'
import { pasteQuestions } from '#authoring/paste'
import type { RawSheet } from '#authoring/read-sheets'
import { yearToSheets } from '#authoring/to-sheets'
import { readNewInstruments } from '#cli/installation/instruments-text'
import { documentOf } from '#instruments/years'
import en from '#locales/en/authoring.json' with { type: 'json' }
import th from '#locales/th/authoring.json' with { type: 'json' }
import { utf8 } from '#protocol/bytes'
import { canonicalJson } from '#protocol/json'
import { INVENTED, inventedDocument } from '#tests/support/invented-year.ts'

const WORDS = [th, en]
const YEAR = '2566'

/** The sheets of a whole year under an id of its own. */
function sheetsOf(id: string, words = th): RawSheet[] {
  const document = documentOf(YEAR)
  return yearToSheets({ ...document, rules: { ...document.rules, id } }, words)
}

const check = (sheets: readonly RawSheet[], taken: readonly string[] = []) =>
  checkInstruments({ sheets, faults: [] }, WORDS, taken)

/** The sheets with one cell changed. */
function changed(sheet: keyof typeof th.sheet, at: number, column: string, text: string): RawSheet[] {
  return sheetsOf('2566-own').map((one) => {
    if (one.name !== th.sheet[sheet]) return one
    const place = one.rows[0]?.indexOf((th.column as Record<string, string>)[column] ?? '') ?? -1
    const rows = one.rows.map((row, index) =>
      index === at - 1 ? row.map((cell, c) => (c === place ? text : cell)) : row,
    )
    return { ...one, rows }
  })
}

const stops = ({ faults }: Checked) =>
  faults.flatMap(({ level, code, cell }) => (level === 'stop' ? [`${code} ${cell}`.trim()] : []))

describe('a year’s instruments as tables', () => {
  it('come back from a workbook, a CSV and JSON as they went out, in Thai headings and in English ones', async () => {
    const own = check(sheetsOf('2566-own'))
    expect(stops(own)).toEqual([])
    const document = own.document
    if (!document) throw new Error('no document')
    const read = async (bytes: Uint8Array) => checkInstruments(await readInstrumentsFile(bytes, th), WORDS, []).document
    const workbook = new Uint8Array(await (await instrumentsWorkbook(document, th)).arrayBuffer())
    const english = new Uint8Array(await (await instrumentsWorkbook(document, en)).arrayBuffer())
    for (const bytes of [workbook, english, utf8(instrumentsCsv(document, th)), utf8(canonicalJson(document))])
      expect(await read(bytes)).toEqual(document)
  })

  it('that somebody filled in come back to the letter, whatever their sets are called', async () => {
    const document = inventedDocument()
    expect(check(yearToSheets(document, th)).document).toEqual(document)
    expect(await readNewInstruments(canonicalJson(document))).toMatchObject({ id: INVENTED })
    // what would not pass here does not pass at the collector either, whatever a browser says
    const wrong = { ...document, rules: { ...document.rules, weights: { iit: 90, eit: 5, oit: 5 } } }
    for (const text of [canonicalJson({ ...wrong, extra: 1 }), '{}', '[]', '', ` ${canonicalJson(document)}`])
      expect(await readNewInstruments(text)).toBeNull()
  })

  it('keep every score of the year they were taken from', () => {
    const { golden, document } = check(sheetsOf('2566-own'))
    expect(golden.filter(({ what }) => what === 'best').map(({ score }) => score)).toEqual([
      '100.00',
      '100.00',
      '100.00',
    ])
    expect(golden.filter(({ what }) => what === 'worst').map(({ score }) => score)).toEqual(['0.00', '0.00', '0.00'])
    // by hand: one of six items of the first of five indicators
    expect(golden.find(({ form, what }) => form.startsWith('iit') && what === 'one-flipped')?.score).toBe('96.67')
    if (!document) throw new Error('no document')
    expect(differences(document, documentOf(YEAR), th)).toEqual([])
  })

  it('say every fault with its sheet and cell', () => {
    const cases: readonly [RawSheet[], string][] = [
      [changed('items', 3, 'item', 'I1'), 'id-twice A3'],
      [changed('items', 3, 'item', 'I3'), 'id-sequence A3'],
      [changed('items', 3, 'item', '12'), 'id-misread A3'],
      [changed('items', 3, 'indicator', '99'), 'indicator-unknown B3'],
      [changed('items', 3, 'textTh', ''), 'text-missing E3'],
      [changed('items', 3, 'textTh', 'ก\u200bข'), 'hidden-characters E3'],
      [changed('items', 3, 'textTh', 'ก\u0007ข'), 'control-characters E3'],
      [changed('items', 3, 'scale', 'none'), 'scale-unknown D3'],
      [changed('options', 2, 'score', '101'), 'score D2'],
      [changed('options', 2, 'score', '33.5'), 'score D2'],
      [changed('options', 2, 'score', 'สูง'), 'score D2'],
      [changed('options', 3, 'score', '0'), 'not-in-order D2'],
      [changed('options', 5, 'score', '99'), 'best-and-worst D2'],
      [changed('options', 3, 'labelTh', 'น้อยที่สุดหรือไม่มีเลย'), 'label-twice E3'],
      [changed('options', 3, 'place', '3'), 'place B3'],
      [changed('options', 3, 'code', '1'), 'code-twice C3'],
      [changed('set', 2, 'weight', '31'), 'weights F2'],
      [changed('set', 2, 'weight', '30.5'), 'number F2'],
      [changed('set', 2, 'minutes', '1.5'), 'number G2'],
      [changed('set', 2, 'opening', 'contact'), 'opening-for-visitors H2'],
      [changed('lanes', 3, 'eitPart', '0.5'), 'number B3'],
      [changed('indicators', 2, 'indicator', '1.1'), 'name B2'],
      [changed('indicators', 2, 'indicator', 'constructor'), 'name B2'],
      [changed('indicators', 2, 'indicator', '__proto__'), 'name B2'],
      [changed('options', 2, 'scale', 'a:b'), 'name A2'],
      [changed('options', 2, 'code', '2'), 'code-twice C3'],
      [changed('items', 3, 'textTh', 'ข้อ {{value}}'), 'template-characters E3'],
      [changed('items', 3, 'textTh', '$t(admin:title)'), 'template-characters E3'],
      [changed('set', 2, 'year', 'ปี'), 'year-id A2'],
      [changed('set', 2, 'instrument', 'XIT'), 'value-unknown B2'],
      [changed('levels', 3, 'from', '96'), 'levels'],
      [changed('lanes', 2, 'rule', 'ครึ่งหนึ่ง'), 'value-unknown C2'],
      [changed('topics', 2, 'items', 'O99'), 'item-unknown B2'],
      [sheetsOf('2566-own').slice(1), 'sheet-missing'],
      [[...sheetsOf('2566-own'), ...sheetsOf('2566-own').slice(0, 1)], 'sheet-twice'],
    ]
    for (const [sheets, fault] of cases) {
      const found = check(sheets)
      expect([fault, stops(found)]).toEqual([fault, expect.arrayContaining([fault])])
      expect(found.document).toBeNull()
    }
    expect(stops(check(sheetsOf('2566-own'), ['2566-own']))).toEqual(['id-taken'])
  })

  it('of one option, of an item in two indicators, or of 200 items are refused', () => {
    const sheets = sheetsOf('2566-own')
    const only = sheets.map((one) => ({
      ...one,
      rows:
        one.name === th.sheet.options
          ? one.rows.filter(([scale, place]) => scale !== 'level' || place === '1')
          : one.rows,
    }))
    expect(stops(check(only))).toEqual(expect.arrayContaining(['options-count A2']))
    const add = (rows: (row: readonly string[], at: number) => string[][]) =>
      sheets.map((one) =>
        one.name === th.sheet.items
          ? { ...one, rows: one.rows.flatMap((row, at) => [[...row], ...rows(row, at)]) }
          : one,
      )
    expect(stops(check(add((row, at) => (at === 1 ? [[row[0] ?? '', '2', ...row.slice(2)]] : []))))).toContain(
      'id-twice A3',
    )
    const many = add((row, at) =>
      at === 30 ? Array.from({ length: 170 }, (_, n) => [`I${n + 31}`, ...row.slice(1)]) : [],
    )
    expect(stops(check(many))).toEqual(['too-many-items'])
  })

  it('ask about polarity item by item, and about neighbours that score the other way round', () => {
    const asked = check(sheetsOf('2566-own')).faults.filter(({ code }) => code === 'polarity')
    const reversed = documentOf(YEAR).forms.flatMap(({ form }) =>
      form.instrument === 'oit'
        ? []
        : form.indicators.flatMap(({ groups }) =>
            groups.flatMap(({ items }) => items.filter(([, scale = '']) => form.scales[scale]?.[0]?.[1] === 100)),
          ),
    )
    expect(asked.length).toBeGreaterThanOrEqual(reversed.length)
    for (const [id = ''] of reversed) expect(asked.some(({ value }) => value.startsWith(`${id} «`))).toBe(true)
    expect(check(sheetsOf('2566-own')).faults.some(({ code }) => code === 'neighbours')).toBe(true)
  })

  it('name formulas and merged cells, and are read as older Thai spreadsheets saved them', async () => {
    const blob = await writeExcelFile([
      {
        sheet: th.sheet.topics,
        data: [
          [{ value: th.column.topic }, { value: th.column.items }],
          [{ value: 'measures' }, { value: 'CONCAT("O","1")', type: 'Formula' }],
          [{ value: 'both', columnSpan: 2 }, null],
        ],
      },
    ]).toBlob()
    const { faults } = await readInstrumentsFile(new Uint8Array(await blob.arrayBuffer()), th)
    expect(faults.map(({ code, cell, value }) => [code, cell, value])).toEqual([
      ['formula', 'B2', th.sheet.topics],
      ['merged', 'A3:B3', th.sheet.topics],
    ])
    const csv = instrumentsCsv(inventedDocument(), th).slice(1)
    const older = Uint8Array.from(csv, (char) => {
      const code = char.charCodeAt(0)
      return code >= 0xe00 ? code - 0xe00 + 0xa0 : code
    })
    expect(checkInstruments(await readInstrumentsFile(older, th), WORDS, []).document).toEqual(inventedDocument())
  })

  it('take a table that was pasted from a manual, line breaks and Thai digits included, and name what has no place', () => {
    const text = 'ข้อ\tคำถาม\nI1\tคำถามหนึ่ง\nที่ขึ้นบรรทัดใหม่\tQuestion one\nข้อ I๒.\tคำถามสอง\tQuestion two\r\ni99\tไม่มี\n'
    const pasted = pasteQuestions(documentOf(YEAR), { id: '2566-own', fiscalYear: '2570', text }, th)
    expect([pasted.placed, pasted.faults.map(({ code, value }) => `${code} ${value}`)]).toEqual([
      2,
      ['item-unknown I99', 'not-pasted 43'],
    ])
    const { document } = check(pasted.sheets)
    const words = document?.forms.find(({ form }) => form.instrument === 'iit')?.words
    expect(words?.th?.item.I1?.text).toBe('คำถามหนึ่ง ที่ขึ้นบรรทัดใหม่ Question one')
    expect([words?.th?.item.I2?.text, words?.en?.item.I2?.text]).toEqual(['คำถามสอง', 'Question two'])
    // what explained the old question, and its English, do not stand beside the new one
    expect([words?.en?.item.I1, words?.th?.item.I1?.plain]).toMatchObject([{ text: words?.th?.item.I1?.text }, ''])
    expect([document?.rules.fiscalYear, documentOf(YEAR).rules.fiscalYear]).toEqual([2570, 2566])
    expect(pasteQuestions(documentOf(YEAR), { id: 'x', fiscalYear: '2570', text: 'อะไรก็ได้' }, th).faults).toMatchObject(
      [{ code: 'nothing-pasted' }],
    )
  })

  it('with nothing in them, of another kind or too large are faults and never an error', async () => {
    for (const bytes of [
      new Uint8Array(),
      utf8('PK nonsense'),
      utf8('{"rules":null}'),
      utf8('{}'),
      utf8('a,b\n1,"2'),
      new Uint8Array(5_000_001),
      new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
    ]) {
      const { document, faults } = checkInstruments(await readInstrumentsFile(bytes, th), WORDS, [])
      expect(document).toBeNull()
      expect(faults.some(({ level }) => level === 'stop')).toBe(true)
    }
  })

  it('of the outline cannot be used before every question has its text', () => {
    const document = documentOf('2567')
    const sheets = yearToSheets({ ...document, rules: { ...document.rules, id: '2567-own' } }, th)
    const missing = stops(check(sheets)).filter((fault) => fault.startsWith('text-missing'))
    expect(missing.length).toBeGreaterThan(50)
  })
})

it('every fault has words in both languages, and no word is left over', async () => {
  const { readdirSync, readFileSync } = await import('node:fs')
  const folder = new URL('../../src/authoring/', import.meta.url)
  const code = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  const unused = Object.keys(th.fault).filter((key) => !code.includes(`'${key}'`))
  expect(unused).toEqual([])
  const used = [...code.matchAll(/'(?:stop|confirm)',\s*'([a-z-]+)'/g)].map(([, key = '']) => key)
  expect(used.filter((key) => !(key in th.fault))).toEqual([])
})
