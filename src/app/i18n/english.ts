import check from '#locales/en/check.json' with { type: 'json' }
import respond from '#locales/en/respond.json' with { type: 'json' }

/** The English words of the respondent's app, by namespace; those of the questions come with the questions. */
export const ENGLISH = { respond, check } as const
