import check from '#locales/th/check.json' with { type: 'json' }

/** The Thai words of "how can I check this?" and of the published receipts. */
export const THAI_CHECK = { check } as const
