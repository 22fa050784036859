import { useCallback } from 'react'
import { type PlannedMeasure, planOf } from '#measures/plan'
import { FIRST_LANGUAGE } from '#protocol/language'
import { isDemonstration } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { type Answer, ask } from '../asking/ask.ts'
import { loadRounds, manifestOf } from '../asking/rounds.ts'
import { useLoaded } from '../asking/use-loaded.ts'

const NONE: readonly PlannedMeasure[] = []

/** Measures that this agency planned a year before: what was not finished goes on, and what was may be done again. */
export function useEarlierPlan(round: RoundView): readonly PlannedMeasure[] {
  const load = useCallback(() => loadEarlierPlan(round), [round])
  return useLoaded(load).value ?? NONE
}

async function loadEarlierPlan(round: RoundView): Promise<Answer<readonly PlannedMeasure[]>> {
  const answer = await loadRounds()
  if ('refused' in answer) return answer
  const own = manifestOf(round)
  const before = answer.value.rounds.find((one) => {
    const { agency, fiscalYear } = manifestOf(one)
    const isOurs = agency[FIRST_LANGUAGE].full === own.agency[FIRST_LANGUAGE].full
    return isOurs && !isDemonstration(manifestOf(one)) && one.state === 'opened' && fiscalYear === own.fiscalYear - 1
  })
  if (!before) return { value: NONE }
  const rows = await ask('GET /rounds/:cid/measures/:seq', { cid: before.cid, seq: '0' })
  return 'value' in rows ? { value: planOf(rows.value.rows).measures } : rows
}
