import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFixture } from '#cli/demo/fixture'
import { SeededRandom } from '#cli/demo/seeded-random'
import { exportWords } from '#cli/terminal/export-words'
import { PUBLISHED, type PublishedFigures } from '#instruments/published'
import type { Manifest } from '#protocol/manifest'
import { csvLines } from '#results/exports/csv'
import type { WordBundles } from '#results/exports/export-words'
import { type ExportKind, writeExport } from '#results/exports/write-export'
import { Opening } from '#results/opening'
import { asLibreOfficeReads } from '#tests/support/as-libreoffice-reads.ts'
import { counted } from '#tests/support/counted.ts'
import { FORMS, TEST_YEAR } from '#tests/support/forms.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const LANES = { iit: 'iit-2566', 'eit-public': 'eit-2566', 'eit-survey': 'eit-2566' } as const
const HOSTILE = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '=HYPERLINK("http://x","y")', 'ชื่อ "ยาว", 🙂']

const manifest = {
  cid: 'AAAAAAAAAAAAAAAAAAAAAA',
  fiscalYear: 2569,
  instruments: { id: TEST_YEAR, hash: '' },
  agency: {
    th: { full: `=กรม "ทดสอบ", ${'ก'.repeat(200)}🙂`, short: '=กรม' },
    en: { full: '@Tests', short: '@T' },
  },
  k: { iit: 10, eit: 5 },
  keyShares: { shares: 3, threshold: 2 },
  lanes: Object.fromEntries(
    Object.entries(LANES).map(([lane, form]) => [
      lane,
      { form: { id: form, hash: '' }, issuerKey: '', innerKey: '', eligible: 600 },
    ]),
  ),
} as unknown as Manifest

/** The published round, exported; with words that attack a spreadsheet where they are given. */
async function exported(
  kind: ExportKind,
  file: string,
  words: WordBundles = exportWords(manifest.instruments),
): Promise<Opening> {
  const opening = new Opening({ manifest })
  opening.add(makeFixture(PUBLISHED[0] as PublishedFigures, FORMS, new SeededRandom(1)).map(counted))
  const random = new SeededRandom(2)
  const randomBelow = (bound: number) => random.below(bound)
  const parts: Buffer[] = []
  for await (const { part } of writeExport(kind, {
    release: opening.release(),
    forms: FORMS,
    rows: opening.rows('protected', randomBelow),
    rowsAre: 'protected',
    words,
    randomBelow,
  }))
    parts.push(typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer()))
  writeFileSync(file, Buffer.concat(parts))
  return opening
}

const tablesOf = (xml: string) =>
  [...xml.matchAll(/<table:table table:name="([^"]*)".*?<\/table:table>/gs)].map(([table, name]) => ({ table, name }))

/** Types of a row's cells; neighbours that are equal are written once. */
const cellsOf = (row: string) =>
  [...row.matchAll(/<table:table-cell([^>]*)>/g)].flatMap(([, facts = '']) => {
    const type = /office:value-type="(\w+)"/.exec(facts)?.[1]
    const times = Number(/number-columns-repeated="(\d+)"/.exec(facts)?.[1] ?? 1)
    return type ? Array.from({ length: times }, () => type) : []
  })

it('LibreOffice opens the workbook: Thai whole, codes as numbers, each response once, frozen headings, no formula', async () => {
  const folder = tempFolder()
  const opening = await exported('xlsx', join(folder, 'book.xlsx'))
  const xml = asLibreOfficeReads(folder, 'book.xlsx')
  const tables = tablesOf(xml)
  expect(tables.map(({ name }) => name)).toEqual(['คะแนน', 'สิ่งที่ควรแก้', 'คำตอบ', 'คู่มือรหัส'])
  const rows = [...(tables[2]?.table ?? '').matchAll(/<table:table-row.*?<\/table:table-row>/gs)].map(([row]) => row)
  const filled = rows.filter((row) => /office:value-type/.test(row))
  expect(filled).toHaveLength(1 + opening.counted)
  expect(filled[0]).toContain('I10')
  expect(filled[0]).toContain('เอื้อประโยชน์')
  const staff = filled.slice(1).filter((row) => row.includes('<text:p>iit</text:p>'))
  expect(staff).toHaveLength(109)
  for (const row of staff) expect(cellsOf(row)).toEqual(['string', ...Array.from({ length: 30 }, () => 'float')])
  expect(tables[3]?.table).toContain('น้อยที่สุดหรือไม่มีเลย')
  expect(tables[0]?.table).toContain('ไม่ใช่ผลการประเมินของ ป.ป.ช.')
  expect(tables[0]?.table).toContain('office:value="80.1"')
  // I8 is the lowest of all, among those named of the budget
  expect(tables[1]?.table).toMatch(/งบประมาณและการจัดซื้อจัดจ้าง.*?>I8<.*?office:value="53.52"/s)
  expect(xml).not.toContain('table:formula')
  const program = 'import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet3.xml").decode())'
  const sheet = spawnSync('python3', ['-c', program, join(folder, 'book.xlsx')], { encoding: 'utf8' }).stdout
  expect(sheet.slice(0, 2000)).toMatch(/<pane [^>]*ySplit="1"[^>]*xSplit="1"[^>]*state="frozen"/)
})

it('LibreOffice runs nothing of a hostile name, neither in a workbook nor in a CSV opened by double click', async () => {
  const folder = tempFolder()
  const items = Object.fromEntries(HOSTILE.map((text, at) => [`I${at + 1}`, { text, plain: '', example: '' }]))
  const iit = {
    ...exportWords(manifest.instruments).questionnaires['iit-2566'],
    title: '=1+1',
    indicator: { '1': '@x' },
    item: items,
  }
  const questionnaires = { ...exportWords(manifest.instruments).questionnaires, 'iit-2566': iit }
  const words = {
    ...exportWords(manifest.instruments),
    questionnaires,
    export: { ...exportWords(manifest.instruments).export, notice: '=2+2' },
  }
  await exported('xlsx', join(folder, 'hostile.xlsx'), words)
  const book = asLibreOfficeReads(folder, 'hostile.xlsx')
  expect(book).not.toContain('table:formula')
  // behind the notice stands what the rows are
  expect(book).toContain('<text:p>=2+2 ')

  writeFileSync(join(folder, 'hostile.csv'), `\uFEFF${csvLines([HOSTILE])}`)
  // as a person opens it: formulas would be evaluated
  const reading = ['--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,false,true']
  const table = asLibreOfficeReads(folder, 'hostile.csv', reading)
  expect(table).not.toContain('table:formula')
  expect(table).toContain('ชื่อ &quot;ยาว&quot;, 🙂')
})

it('Python reads the CSV with its own library: the same rows, Thai-free codes as whole numbers, and the JSON', async () => {
  const folder = tempFolder()
  const opening = await exported('csv', join(folder, 'rows.csv'))
  await exported('json', join(folder, 'rows.json'))
  const program = `
import csv, json, sys
rows = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))
codes = [int(cell) for row in rows[1:] for cell in row[1:] if cell != '']
data = json.load(open(sys.argv[2], encoding='utf-8'))
print(json.dumps({'header': rows[0][:2], 'rows': len(rows) - 1, 'widths': sorted({len(row) for row in rows}),
  'codes': sorted(set(codes)), 'lanes': sorted({row[0] for row in rows[1:]}), 'json': len(data['rows']),
  'same': sorted(map(str, [[cell if cell is None or isinstance(cell, str) else str(cell) for cell in row] for row in data['rows']]))
    == sorted(map(str, [[cell or None for cell in row] for row in rows[1:]])), 'notice': data['notice']}))`
  const ran = spawnSync('python3', ['-c', program, join(folder, 'rows.csv'), join(folder, 'rows.json')], {
    encoding: 'utf8',
  })
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  expect(JSON.parse(ran.stdout)).toEqual({
    header: ['lane', 'I1'],
    rows: opening.counted,
    widths: [46],
    codes: [0, 1, 2, 3, 4],
    lanes: ['eit-public', 'eit-survey', 'iit'],
    json: opening.counted,
    same: true,
    notice: 'ผลภายในของหน่วยงาน ไม่ใช่ผลการประเมินของ ป.ป.ช.',
  })
})
