import { getI18n } from 'react-i18next'
import type { AuthoringWords } from '#authoring/tables'
import { OFFICE_WORDS } from '#i18n/office-words.ts'

/** Headings that a file may have. */
export const HEADINGS: readonly AuthoringWords[] = [OFFICE_WORDS.th.authoring, OFFICE_WORDS.en.authoring]

/** Headings of files that are written now: in the language of the screen. */
export function headings(): AuthoringWords {
  return OFFICE_WORDS[getI18n().language === 'en' ? 'en' : 'th'].authoring
}
