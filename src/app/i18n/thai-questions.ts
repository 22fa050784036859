import eit from '#locales/th/instruments/eit-2566.json' with { type: 'json' }
import iit from '#locales/th/instruments/iit-2566.json' with { type: 'json' }

/** The Thai wording of both questionnaires, with our explanations. */
export const THAI_QUESTIONS = { 'iit-2566': iit, 'eit-2566': eit } as const
