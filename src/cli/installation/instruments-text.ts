import { checkInstruments } from '#authoring/check'
import { yearToSheets } from '#authoring/to-sheets'
import type { Parts } from '#collector/installation/data-folder'
import {
  type ImportedInstruments,
  importedInstruments,
  instrumentsText,
  type NewInstruments,
} from '#collector/rounds/imported-instruments'
import { bundledYears, type YearDocument } from '#instruments/years'
import en from '#locales/en/authoring.json' with { type: 'json' }
import th from '#locales/th/authoring.json' with { type: 'json' }
import { utf8 } from '#protocol/bytes'
import { canonicalJson, parseJson } from '#protocol/json'
import { namedDocuments } from '#results/round-forms'

/** Headings that a file of instruments may have. */
export const AUTHORING_WORDS = [th, en] as const

/**
 * Imported instruments as a browser sends them: canonical JSON of a year's document. It is checked here once more, because a
 * browser can be told anything. Null where it is not what would have passed the checks.
 */
export async function readNewInstruments(text: string): Promise<NewInstruments | null> {
  try {
    const document = parseJson(utf8(text)) as YearDocument
    if (canonicalJson(document) !== text) return null
    const checked = checkInstruments({ sheets: yearToSheets(document, th), faults: [] }, AUTHORING_WORDS, bundledIds())
    return checked.document && canonicalJson(checked.document) === text ? await newInstruments(document) : null
  } catch {
    return null
  }
}

/** The documents of a year, ready to be kept. */
export async function newInstruments(document: YearDocument): Promise<NewInstruments> {
  const [whole, ...parts] = await namedDocuments(document)
  if (!whole) throw new Error('a year has a document')
  return { id: document.rules.id, document: whole, parts }
}

/** Ids that come with the program: nothing else may be called so. */
export function bundledIds(): string[] {
  return bundledYears().map(({ id }) => id)
}

/** The document of imported instruments. Throws where it is not kept here. */
export async function importedDocument(here: Parts, { id, hash }: ImportedInstruments): Promise<YearDocument> {
  const text = await instrumentsText(here, hash)
  if (text === null) throw new Error(`the document of ${id} is not kept here`)
  return JSON.parse(text) as YearDocument
}

/** Imported instruments of that id which a second person has confirmed; null where there are none. */
export async function confirmedDocument(here: Parts, id: string): Promise<YearDocument | null> {
  const found = (await importedInstruments(here)).find((one) => one.id === id && one.confirmedBy !== null)
  return found ? importedDocument(here, found) : null
}
