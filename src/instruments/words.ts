import enEit2566 from '#locales/en/instruments/eit-2566.json' with { type: 'json' }
import enIit2566 from '#locales/en/instruments/iit-2566.json' with { type: 'json' }
import enOit2566 from '#locales/en/instruments/oit-2566.json' with { type: 'json' }
import thEit2566 from '#locales/th/instruments/eit-2566.json' with { type: 'json' }
import thEit2567 from '#locales/th/instruments/eit-2567.outline.json' with { type: 'json' }
import thIit2566 from '#locales/th/instruments/iit-2566.json' with { type: 'json' }
import thIit2567 from '#locales/th/instruments/iit-2567.outline.json' with { type: 'json' }
import thOit2566 from '#locales/th/instruments/oit-2566.json' with { type: 'json' }
import thOit2567 from '#locales/th/instruments/oit-2567.outline.json' with { type: 'json' }
import type { Language } from '#protocol/language'
import type { FormWords } from './form-document.ts'

/** The words of the questionnaires that come with this program, by language and id. */
export const FORM_WORDS = {
  th: {
    'iit-2566': thIit2566,
    'eit-2566': thEit2566,
    'oit-2566': thOit2566,
    'iit-2567': thIit2567,
    'eit-2567': thEit2567,
    'oit-2567': thOit2567,
  },
  en: { 'iit-2566': enIit2566, 'eit-2566': enEit2566, 'oit-2566': enOit2566 },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, FormWords>>>>
