import { LEVELS } from '#survey/level'
import { NAME_PATTERN } from '#survey/name-pattern'
import type { FaultCode } from './fault-code.ts'

/**
 * A year's instruments as tables that a person can fill in: seven sheets and their columns. A workbook, a CSV file and a
 * pasted table are all read into these; their headings are words (`locales/<language>/authoring.json`).
 */
export const SHEETS = {
  set: [
    ...['year', 'instrument', 'fiscalYear', 'titleTh', 'titleEn', 'weight', 'minutes', 'opening'],
    ...['document', 'address', 'page', 'accessed'],
  ],
  indicators: ['instrument', 'indicator', 'group', 'nameTh', 'nameEn'],
  items: [
    ...['item', 'indicator', 'group', 'scale', 'textTh', 'textEn', 'plainTh', 'plainEn', 'exampleTh', 'exampleEn'],
    ...['noteTh', 'noteEn'],
  ],
  options: ['scale', 'place', 'code', 'score', 'labelTh', 'labelEn'],
  lanes: ['lane', 'eitPart', 'rule', 'percent', 'atLeast', 'atMost', 'number'],
  levels: ['level', 'from', 'eachFrom', 'confirmed'],
  topics: ['topic', 'items'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Cells that say one of a few things: the words for each are `value.<name>`. */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  instrument: ['iit', 'eit', 'oit'],
  opening: ['contact'],
  lane: ['iit', 'eit-public', 'eit-survey'],
  rule: ['everyone', 'percent', 'number'],
  level: LEVELS,
  confirmed: ['yes', 'no'],
}

export type SheetName = keyof typeof SHEETS

export const SHEET_NAMES = Object.keys(SHEETS) as SheetName[]

/** One row as it was read. `cells` by column; a column that is not there, or empty, is ''. */
export interface Row {
  readonly sheet: SheetName
  /** As a spreadsheet counts: the headings are 1. */
  readonly at: number
  readonly cells: Readonly<Record<string, string>>
  /** Letter of each column in the file, for faults. */
  readonly letters: Readonly<Record<string, string>>
}

export type Tables = Readonly<Record<SheetName, readonly Row[]>>

/** Headings of sheets and columns, in the officer's language. */
export interface AuthoringWords {
  readonly sheet: Readonly<Record<SheetName, string>>
  readonly column: Readonly<Record<string, string>>
  readonly value: Readonly<Record<string, string>>
}

/** What is not right. `stop`: no import. `confirm`: a person looks at it and says that it is meant. */
export interface Fault {
  readonly level: 'stop' | 'confirm'
  readonly code: FaultCode
  readonly sheet: SheetName | null
  /** E.g. `C7`; '' where it concerns a whole sheet. */
  readonly cell: string
  /** What stands there, or what the words need. */
  readonly value: string
}

/** A fault at a cell of a row. */
export function faultAt(row: Row, column: string, level: Fault['level'], code: FaultCode, value?: string): Fault {
  const cell = `${row.letters[column] ?? ''}${row.at}`
  return { level, code, sheet: row.sheet, cell, value: value ?? row.cells[column] ?? '' }
}

/** A, B, …, Z, AA, … */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? columnLetter(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}

/** Text as it is compared and kept: NFC, sara am whole, no spaces around it, no two in a row. */
export function tidy(text: string): string {
  const whole = text.normalize('NFC').replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
  return whole.replaceAll('\u00a0', ' ').replace(/ +/g, ' ').trim()
}

/** A cell's number, Thai digits too; null where it is empty, NaN where it is none. */
export function numberIn(text: string): number | null {
  const western = text.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  if (western === '') return null
  return /^-?\d+(\.\d+)?$/.test(western) ? Number(western) : Number.NaN
}

/** A rule about a row: where it holds, the fault at this column. */
export type RowRule = readonly [
  holds: boolean,
  column: string,
  level: Fault['level'],
  code: FaultCode,
  value?: string | undefined,
]

/** The faults of those rules that hold. */
export function faultsOf(row: Row, rules: readonly RowRule[]): Fault[] {
  return rules.flatMap(([holds, column, level, code, value]) =>
    holds ? [faultAt(row, column, level, code, value)] : [],
  )
}

/** A fault of a whole sheet. */
export function faultIn(sheet: SheetName | null, level: Fault['level'], code: FaultCode, value: string): Fault {
  return { level, code, sheet, cell: '', value }
}

/** A cell's number; NaN where it has none. */
export function numberAt(row: Row, column: string): number {
  return numberIn(row.cells[column] ?? '') ?? Number.NaN
}

/** Whether a name can stand in files and be looked up: letters and digits of any script, no dot and no colon, nothing that every object has. */
export function isName(text: string): boolean {
  return NAME_PATTERN.test(text) && !(text in {})
}

/** Whether a cell has a whole number of these bounds. */
export function isWhole(row: Row, column: string, least: number, most: number): boolean {
  const value = numberAt(row, column)
  return Number.isInteger(value) && value >= least && value <= most
}
