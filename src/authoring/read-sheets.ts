import type { FaultCode } from './fault-code.ts'
import {
  type AuthoringWords,
  CHOICES,
  columnLetter,
  type Fault,
  faultAt,
  faultIn,
  type Row,
  SHEET_NAMES,
  SHEETS,
  type SheetName,
  type Tables,
  tidy,
} from './tables.ts'

/** A sheet as a file has it: its name and its cells, as text. */
export interface RawSheet {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

/** What was read, and what is wrong with the file itself. */
export interface ReadTables {
  readonly tables: Tables
  readonly faults: readonly Fault[]
}

/** More of anything than this is no questionnaire. */
const MOST_ROWS = 2000
const LONGEST_CELL = 2000

/** Sheets of a file by their headings, in whichever of the languages they are. */
export function readSheets(sheets: readonly RawSheet[], languages: readonly AuthoringWords[]): ReadTables {
  const faults: Fault[] = []
  const tables = Object.fromEntries(SHEET_NAMES.map((name) => [name, [] as readonly Row[]])) as Record<
    SheetName,
    readonly Row[]
  >
  const seen = new Set<SheetName>()
  for (const raw of sheets) {
    const name = SHEET_NAMES.find((one) => languages.some(({ sheet }) => tidy(sheet[one]) === tidy(raw.name)))
    if (!name) faults.push(faultIn(null, 'confirm', 'sheet-unknown', raw.name))
    else if (seen.has(name)) faults.push(faultIn(name, 'stop', 'sheet-twice', raw.name))
    else tables[name] = rowsOf(raw, name, languages, faults)
    if (name) seen.add(name)
  }
  for (const name of SHEET_NAMES)
    if (!seen.has(name)) faults.push(faultIn(name, 'stop', 'sheet-missing', languages[0]?.sheet[name] ?? name))
  return { tables, faults }
}

function rowsOf(
  { rows }: RawSheet,
  sheet: SheetName,
  languages: readonly AuthoringWords[],
  faults: Fault[],
): readonly Row[] {
  const [head = [], ...body] = rows
  const columns = new Map<string, number>()
  for (const [at, heading] of head.entries()) {
    const column = SHEETS[sheet].find((one) =>
      languages.some((words) => tidy(words.column[one] ?? '') === tidy(heading)),
    )
    if (column && columns.has(column)) faults.push(faultIn(sheet, 'stop', 'column-twice', heading))
    if (column) columns.set(column, at)
    else if (heading !== '') faults.push(faultIn(sheet, 'confirm', 'column-unknown', heading))
  }
  for (const column of SHEETS[sheet])
    if (!columns.has(column))
      faults.push(faultIn(sheet, 'stop', 'column-missing', languages[0]?.column[column] ?? column))
  if (body.length > MOST_ROWS) faults.push(faultIn(sheet, 'stop', 'rows-too-many', String(body.length)))
  const letters = Object.fromEntries([...columns].map(([column, at]) => [column, columnLetter(at)]))
  return body.slice(0, MOST_ROWS).flatMap((cells, index): Row[] => {
    const own = Object.fromEntries(
      [...columns].map(([column, at]) => [column, choiceIn(tidy(cells[at] ?? ''), column, languages)]),
    )
    const row = { sheet, at: index + 2, cells: own, letters }
    // a row that nobody filled in is no row
    if (Object.values(own).every((text) => text === '')) return []
    for (const [column, at] of columns) checkCell(cells[at] ?? '', row, column, faults)
    for (const [column, values] of Object.entries(CHOICES))
      if (own[column] && !values.includes(own[column])) {
        const allowed = values.map((value) => languages[0]?.value[value] ?? value).join(' · ')
        faults.push(faultAt(row, column, 'stop', 'value-unknown', `${own[column]} (${allowed})`))
      }
    return [row]
  })
}

/** What a cell of a few choices says, by its name; other text as it is. */
function choiceIn(text: string, column: string, languages: readonly AuthoringWords[]): string {
  const found = CHOICES[column]?.find(
    (value) => value === text.toLowerCase() || languages.some((words) => tidy(words.value[value] ?? '') === text),
  )
  return found ?? text
}

/** What is wrong with a cell's characters, whatever it means. */
function checkCell(raw: string, row: Row, column: string, faults: Fault[]): void {
  const at = (level: Fault['level'], code: FaultCode) =>
    faults.push({ level, code, sheet: row.sheet, cell: `${row.letters[column]}${row.at}`, value: raw.slice(0, 80) })
  if (raw.length > LONGEST_CELL) at('stop', 'cell-too-long')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(raw)) at('stop', 'control-characters')
  if (/\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|\ufffd/u.test(raw)) at('stop', 'hidden-characters')
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(raw))
    at('stop', 'broken-characters')
  // what a program that fills in texts would take for a place to fill
  if (/\{\{|\$t\(/.test(raw)) at('stop', 'template-characters')
  if (/\u0e4d[\u0e48-\u0e4b]?\u0e32/.test(raw) || raw !== raw.normalize('NFC')) at('confirm', 'repaired')
  if (/\u0e40\u0e40/.test(raw)) at('stop', 'letters-alike')
  if (/([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1/.test(raw)) at('confirm', 'mark-twice')
  if (/[\u0e01-\u0e2e][A-Za-z][\u0e01-\u0e2e]/.test(raw)) at('confirm', 'latin-inside-thai')
  if (/[0-9]/.test(raw) && /[\u0e50-\u0e59]/.test(raw)) at('confirm', 'two-kinds-of-digits')
}
