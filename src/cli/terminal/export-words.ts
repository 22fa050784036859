import { wordsIn } from '#instruments/years'
import words from '#locales/th/export.json' with { type: 'json' }
import { FIRST_LANGUAGE } from '#protocol/language'
import type { ManifestYear } from '#protocol/manifest'
import type { WordBundles } from '#results/exports/export-words'

/** The Thai words of exported files, with the very wording that a round asked. */
export function exportWords(asked: ManifestYear): WordBundles {
  return { export: words, questionnaires: wordsIn(asked, FIRST_LANGUAGE), language: FIRST_LANGUAGE }
}
