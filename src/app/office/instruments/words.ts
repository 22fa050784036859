import { getI18n } from 'react-i18next'
import type { AuthoringWords } from '#authoring/tables'
import { authoringWords } from '#i18n/office-words.ts'
import { LANGUAGES, languageOf } from '#protocol/language'

/** Headings that a file may have. */
export const HEADINGS: readonly AuthoringWords[] = LANGUAGES.map((language) => authoringWords(language))

/** Headings of files that are written now: in the language of the screen. */
export function headings(): AuthoringWords {
  return authoringWords(languageOf(getI18n().language))
}
