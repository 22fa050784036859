import { documentYear, type YearDocument } from '#instruments/years'
import { buildYear } from './build.ts'
import { checkQuestions } from './check-items.ts'
import { checkYear } from './check-year.ts'
import { type GoldenRow, goldenRows } from './golden.ts'
import { checkPolarity } from './polarity.ts'
import { type RawSheet, readSheets } from './read-sheets.ts'
import { type AuthoringWords, type Fault, faultIn } from './tables.ts'

/** What became of a file: all that is to be said about it, and the year it describes where nothing stops it. */
export interface Checked {
  readonly faults: readonly Fault[]
  readonly document: YearDocument | null
  readonly golden: readonly GoldenRow[]
}

/** Reads and checks a year's instruments. `fromFile`: what is wrong with the file itself. `taken`: ids that cannot be used. */
export function checkInstruments(
  { sheets, faults: fromFile }: { readonly sheets: readonly RawSheet[]; readonly faults: readonly Fault[] },
  languages: readonly AuthoringWords[],
  taken: readonly string[],
): Checked {
  const { tables, faults: read } = readSheets(sheets, languages)
  const document = buildYear(tables)
  const { id } = document.rules
  const faults = [
    ...fromFile,
    ...read,
    ...checkYear(tables),
    ...checkQuestions(tables),
    ...checkPolarity(tables),
    ...(taken.includes(id) ? [faultIn('set', 'stop', 'id-taken', id)] : []),
  ]
  if (faults.some(({ level }) => level === 'stop')) return { faults, document: null, golden: [] }
  try {
    documentYear(document)
    return { faults, document, golden: goldenRows(document) }
  } catch (error) {
    // what the checks above let through and the reader of years does not: said in its words rather than not at all
    return {
      faults: [...faults, faultIn(null, 'stop', 'unreadable', (error as Error).message)],
      document: null,
      golden: [],
    }
  }
}
