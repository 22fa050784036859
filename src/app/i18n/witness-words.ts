import en from '#locales/en/witness.json' with { type: 'json' }
import th from '#locales/th/witness.json' with { type: 'json' }

/** The words of the page that compares rounds, in both languages: it is changed with one tap, offline too. */
export const WITNESS_WORDS = { th, en } as const
