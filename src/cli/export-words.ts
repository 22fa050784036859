import { wordsIn } from '#instruments/years'
import words from '#locales/th/export.json' with { type: 'json' }
import { FIRST_LANGUAGE } from '#protocol/language'
import type { WordBundles } from '#results/exports/export-words'

/** The Thai words of exported files. */
export function exportWords(): WordBundles {
  return { export: words, questionnaires: wordsIn(FIRST_LANGUAGE) }
}
