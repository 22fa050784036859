import { parse } from 'csv-parse/browser/esm/sync'
import { stringify } from 'csv-stringify/browser/esm/sync'
import { strFromU8, unzipSync } from 'fflate'
import readExcelFile from 'read-excel-file/universal'
import writeExcelFile from 'write-excel-file/universal'
import type { YearDocument } from '#instruments/years'
import type { RawSheet } from './read-sheets.ts'
import { type AuthoringWords, type Fault, faultIn } from './tables.ts'
import { yearToSheets } from './to-sheets.ts'

/** A file's sheets, and what is wrong with the file itself. */
export interface ReadFile {
  readonly sheets: readonly RawSheet[]
  readonly faults: readonly Fault[]
}

/** A questionnaire of a hundred items is a hundredth of this. */
const MOST_BYTES = 5_000_000

/** Reads a workbook, a CSV file, or a document that was saved as JSON. Never throws: a file that is none of them is a fault. */
export async function readInstrumentsFile(bytes: Uint8Array, words: AuthoringWords): Promise<ReadFile> {
  if (bytes.length > MOST_BYTES) return { sheets: [], faults: [faultIn(null, 'stop', 'file-too-large', '')] }
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return await readWorkbook(bytes)
    const text = decode(bytes)
    if (text.trimStart().startsWith('{'))
      return { sheets: yearToSheets(JSON.parse(text) as YearDocument, words), faults: [] }
    return { sheets: csvSheets(text), faults: [] }
  } catch {
    return { sheets: [], faults: [faultIn(null, 'stop', 'file-unreadable', '')] }
  }
}

async function readWorkbook(bytes: Uint8Array): Promise<ReadFile> {
  const faults = [...unwantedIn(bytes)]
  const read = await readExcelFile(new Blob([bytes as Uint8Array<ArrayBuffer>]), { trim: false })
  const sheets = read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }))
  return { sheets, faults }
}

/** Dates as a person would type them; everything else as it stands. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
}

/** Formulas would be read as whatever they were worth when somebody saved; of merged cells only the first has a text. */
function* unwantedIn(bytes: Uint8Array): Generator<Fault> {
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => /sheet\d+\.xml$/.test(name) && originalSize < 50_000_000,
  })
  for (const part of Object.values(parts)) {
    const xml = strFromU8(part)
    for (const [, cell = ''] of xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*>\s*<f[ >/]/g))
      yield { ...faultIn(null, 'stop', 'formula', ''), cell }
    for (const [, cell = ''] of xml.matchAll(/<mergeCell ref="([A-Z0-9:]+)"/g))
      yield { ...faultIn(null, 'stop', 'merged', ''), cell }
  }
}

/** UTF-8, or what Thai spreadsheets saved before it. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-874').decode(bytes)
  }
}

/** One table for all sheets: the first column says which. */
function csvSheets(text: string): RawSheet[] {
  const [first = ''] = text.split('\n')
  const delimiter = ['\t', ';'].find((one) => first.includes(one)) ?? ','
  const rows = parse(text.replace(/^\uFEFF/, ''), { delimiter, relax_column_count: true, skip_empty_lines: true })
  const sheets = new Map<string, string[][]>()
  for (const [name = '', ...cells] of rows as string[][]) sheets.set(name, [...(sheets.get(name) ?? []), cells])
  return [...sheets].map(([name, own]) => ({ name, rows: own }))
}

/** A workbook of a year: the same that is read again. */
export function instrumentsWorkbook(document: YearDocument, words: AuthoringWords): Promise<Blob> {
  return sheetsWorkbook(yearToSheets(document, words))
}

/** Sheets as a workbook. Text is text, whatever it begins with. */
export function sheetsWorkbook(sheets: readonly RawSheet[]): Promise<Blob> {
  return writeExcelFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((row, at) =>
        row.map((value) => ({
          value,
          type: String,
          wrap: true,
          alignVertical: 'top' as const,
          ...(at === 0 ? { fontWeight: 'bold' as const, backgroundColor: '#DCECE6' } : {}),
        })),
      ),
      stickyRowsCount: 1,
      columns: (rows[0] ?? []).map((heading) => ({ width: heading.length > 14 ? 40 : 16 })),
    })),
    { fontFamily: 'TH Sarabun New', fontSize: 14 },
  ).toBlob()
}

/** The same as CSV, with the name of the sheet in the first column. */
export function instrumentsCsv(document: YearDocument, words: AuthoringWords): string {
  const rows = yearToSheets(document, words).flatMap(({ name, rows: own }) => own.map((row) => [name, ...row]))
  return stringify(rows, { bom: true, record_delimiter: 'windows' })
}
