import { documentYear, type YearDocument } from '#instruments/years'
import { canonicalJson } from '#protocol/json'
import { buildYear } from './build.ts'
import { checkQuestions } from './check-items.ts'
import { checkYear } from './check-year.ts'
import type { ReadFile } from './files.ts'
import { type GoldenRow, goldenRows } from './golden.ts'
import { checkPolarity } from './polarity.ts'
import { readSheets } from './read-sheets.ts'
import { type AuthoringWords, type Fault, faultIn } from './tables.ts'
import { yearToSheets } from './to-sheets.ts'

/** What became of a file: all that is to be said about it, and the year it describes where nothing stops it. */
export interface Checked {
  readonly faults: readonly Fault[]
  readonly document: YearDocument | null
  readonly golden: readonly GoldenRow[]
}

/** Reads and checks a year's instruments. `fromFile`: what is wrong with the file itself. `taken`: ids that cannot be used. */
export function checkInstruments(
  { sheets, faults: fromFile, saved }: ReadFile,
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
    ...(saved && !isSame(saved, document) ? [faultIn(null, 'confirm', 'not-the-same', 'JSON')] : []),
  ]
  if (faults.some(({ level }) => level === 'stop')) return refused(faults)
  try {
    documentYear(document)
    return isSame(readAgain(document, languages), document)
      ? { faults, document, golden: goldenRows(document) }
      : refused([...faults, faultIn(null, 'stop', 'not-the-same', id)])
  } catch (error) {
    // what the checks above let through and the reader of years does not: said in its words rather than not at all
    return refused([...faults, faultIn(null, 'stop', 'unreadable', (error as Error).message)])
  }
}

function refused(faults: readonly Fault[]): Checked {
  return { faults, document: null, golden: [] }
}

/** Written out and read once more: what does not come back the same could never be mended by whoever has only the sheets. */
function readAgain(document: YearDocument, languages: readonly AuthoringWords[]): YearDocument | null {
  const [words] = languages
  return words ? buildYear(readSheets(yearToSheets(document, words), languages).tables) : null
}

function isSame(one: YearDocument | null, other: YearDocument): boolean {
  return one !== null && canonicalJson(one) === canonicalJson(other)
}
