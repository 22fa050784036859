import eit from '#locales/th/eit-2566.json' with { type: 'json' }
import words from '#locales/th/export.json' with { type: 'json' }
import iit from '#locales/th/iit-2566.json' with { type: 'json' }
import oit from '#locales/th/oit-2566.json' with { type: 'json' }
import respond from '#locales/th/respond.json' with { type: 'json' }
import type { WordBundles } from '#results/exports/export-words'

/** The Thai words of exported files. */
export const EXPORT_WORDS: WordBundles = {
  export: words,
  scale: respond.scale,
  questionnaires: { 'iit-2566': iit, 'eit-2566': eit, 'oit-2566': oit },
}
