import { DOCUMENT_WORDS } from '#i18n/office-words.ts'
import { limitsOf, turnedAwayAt } from '#measures/limits'
import { manifestOf } from '../asking/rounds.ts'
import { usePlan } from './plan-context.ts'

/** Limits of the survey as far as the release tells them, in the words of the documents. */
export function useLimits(): Readonly<Record<'iit' | 'eit', readonly string[]>> {
  const { round, release, forms } = usePlan()
  const facts = { lanes: manifestOf(round).lanes, turnedAway: turnedAwayAt(round.tablets) }
  return limitsOf(release, facts, forms, DOCUMENT_WORDS.limits)
}
