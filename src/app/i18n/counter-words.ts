import enCounter from '#locales/en/counter.json' with { type: 'json' }
import thCounter from '#locales/th/counter.json' with { type: 'json' }

/** The words of the counter, in both languages: a visitor changes it with one tap, offline too. */
export const COUNTER_WORDS = { th: thCounter, en: enCounter } as const
