import words from '#locales/th/export.json' with { type: 'json' }
import eit from '#locales/th/instruments/eit-2566.json' with { type: 'json' }
import iit from '#locales/th/instruments/iit-2566.json' with { type: 'json' }
import oit from '#locales/th/instruments/oit-2566.json' with { type: 'json' }
import respond from '#locales/th/respond.json' with { type: 'json' }
import type { WordBundles } from '#results/exports/export-words'

/** The Thai words of exported files. */
export const EXPORT_WORDS: WordBundles = {
  export: words,
  scale: respond.scale,
  questionnaires: { 'iit-2566': iit, 'eit-2566': eit, 'oit-2566': oit },
}
