import check from '#locales/en/check.json' with { type: 'json' }
import eit from '#locales/en/instruments/eit-2566.json' with { type: 'json' }
import iit from '#locales/en/instruments/iit-2566.json' with { type: 'json' }
import respond from '#locales/en/respond.json' with { type: 'json' }

/** All English words of the respondent's app, by namespace. */
export const ENGLISH = { respond, check, 'iit-2566': iit, 'eit-2566': eit } as const
