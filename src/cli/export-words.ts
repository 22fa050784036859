import { FORM_WORDS } from '#instruments/words'
import words from '#locales/th/export.json' with { type: 'json' }
import type { WordBundles } from '#results/exports/export-words'

/** The Thai words of exported files. */
export const EXPORT_WORDS: WordBundles = { export: words, questionnaires: FORM_WORDS.th }
