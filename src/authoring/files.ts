import { parse } from 'csv-parse/browser/esm/sync'
import { stringify } from 'csv-stringify/browser/esm/sync'
import { strFromU8, unzipSync } from 'fflate'
import readExcelFile from 'read-excel-file/universal'
import writeExcelFile from 'write-excel-file/universal'
import type { YearDocument } from '#instruments/years'
import type { FaultCode } from './fault-code.ts'
import type { RawSheet } from './read-sheets.ts'
import { type AuthoringWords, type Fault, faultIn } from './tables.ts'
import { yearToSheets } from './to-sheets.ts'

/** A file's sheets, and what is wrong with the file itself. */
export interface ReadFile {
  readonly sheets: readonly RawSheet[]
  readonly faults: readonly Fault[]
  /** The document that it was, where it was one and no sheets. */
  readonly saved?: YearDocument
}

/** A questionnaire of a hundred items is a hundredth of this. */
const MOST_BYTES = 5_000_000
/** What a workbook of that size may be unpacked to. */
const MOST_UNPACKED_BYTES = 50_000_000
/** No sheet has so many columns or rows; a cell far outside would be read as a table of millions of empty ones. */
const MOST_COLUMNS = 64
const MOST_ROWS = 2001
/** Rows of all sheets together, in a CSV. */
const MOST_LINES = 16_000

/** Reads a workbook, a CSV file, or a document that was saved as JSON. Never throws: a file that is none of them is a fault. */
export async function readInstrumentsFile(bytes: Uint8Array, words: AuthoringWords): Promise<ReadFile> {
  if (bytes.length > MOST_BYTES) return { sheets: [], faults: [faultIn(null, 'stop', 'file-too-large', '')] }
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return await readWorkbook(bytes)
    const text = decode(bytes)
    if (text.trimStart().startsWith('{')) return readSaved(text, words)
    return { sheets: csvSheets(text), faults: [] }
  } catch {
    return { sheets: [], faults: [faultIn(null, 'stop', 'file-unreadable', '')] }
  }
}

/** A document that was saved as JSON. Throws where something else than a text stands in a place for texts. */
function readSaved(text: string, words: AuthoringWords): ReadFile {
  const saved = JSON.parse(text) as YearDocument
  const sheets = yearToSheets(saved, words)
  if (!sheets.every(({ rows }) => rows.every((row) => row.every((cell) => typeof cell === 'string'))))
    throw new TypeError('a cell that is no text')
  return { sheets, faults: [], saved }
}

async function readWorkbook(bytes: Uint8Array): Promise<ReadFile> {
  const parts = unpacked(bytes)
  if (parts === null) return { sheets: [], faults: [faultIn(null, 'stop', 'file-too-large', '')] }
  const faults = [...unwantedIn(parts)]
  // what is far outside is not even unpacked into a table
  if (faults.some(({ code }) => code === 'cells-too-far')) return { sheets: [], faults }
  const read = await readExcelFile(new Blob([bytes as Uint8Array<ArrayBuffer>]), { trim: false }).catch(() => null)
  if (read === null) return { sheets: [], faults: [...faults, faultIn(null, 'stop', 'file-unreadable', '')] }
  const sheets = read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }))
  return { sheets, faults }
}

/** The XML parts of a workbook, by name; null where they are larger than any questionnaire. */
function unpacked(bytes: Uint8Array): ReadonlyMap<string, string> | null {
  let size = 0
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      size += originalSize
      return size <= MOST_UNPACKED_BYTES && /\.(xml|rels)$/.test(name)
    },
  })
  if (size > MOST_UNPACKED_BYTES) return null
  return new Map(Object.entries(parts).map(([name, part]) => [name, strFromU8(part)]))
}

/** Dates as a person would type them; everything else as it stands. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
}

/** Formulas would be read as whatever they were worth when somebody saved; of merged cells only the first has a text. */
function* unwantedIn(parts: ReadonlyMap<string, string>): Generator<Fault> {
  const names = sheetNames(parts)
  for (const [part, xml] of parts) {
    if (!/<(\w+:)?worksheet[\s>]/.test(xml)) continue
    const fault = (code: FaultCode, cell: string) => ({ ...faultIn(null, 'stop', code, names.get(part) ?? ''), cell })
    for (const [, attributes = '', content = ''] of xml.matchAll(
      /<(?:\w+:)?c\s([^>]*[^/>])>([\s\S]*?)<\/(?:\w+:)?c>/g,
    )) {
      const [, cell = ''] = /\br="([A-Z]+\d+)"/.exec(attributes) ?? []
      if (/<(\w+:)?f[\s/>]/.test(content)) yield fault('formula', cell)
      if (isFar(cell)) yield fault('cells-too-far', cell)
    }
    for (const [, cell = ''] of xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"/g))
      yield fault('merged', cell)
  }
}

function isFar(cell: string): boolean {
  const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(cell) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return column > MOST_COLUMNS || Number(row) > MOST_ROWS
}

/** What people call each sheet, by the part that it is: faults name it. */
function sheetNames(parts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  const tagsIn = (part: string, tag: string) =>
    parts.get(part)?.match(new RegExp(`<(?:\\w+:)?${tag}\\s[^>]*>`, 'g')) ?? []
  const targets = new Map(
    tagsIn('xl/_rels/workbook.xml.rels', 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  )
  return new Map(
    tagsIn('xl/workbook.xml', 'sheet').map((tag) => {
      const target = targets.get(attribute(tag, 'r:id')) ?? ''
      return [target.startsWith('/') ? target.slice(1) : `xl/${target}`, attribute(tag, 'name')]
    }),
  )
}

/** UTF-8, UTF-16 as Excel's "Unicode text", or what Thai spreadsheets saved before them. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
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
  const plain = text.replace(/^\uFEFF/, '')
  const rows = parse(plain, { delimiter, relax_column_count: true, skip_empty_lines: true, to: MOST_LINES })
  const sheets = new Map<string, string[][]>()
  for (const [name = '', ...cells] of rows as string[][]) {
    const own = sheets.get(name)
    if (own) own.push(cells)
    else sheets.set(name, [cells])
  }
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
