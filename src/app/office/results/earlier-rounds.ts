import { FIRST_LANGUAGE } from '#protocol/language'
import { isDemonstration } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { readRelease } from '#results/read-release'
import type { Release } from '#results/release'
import { type Answer, ask } from '../asking/ask.ts'
import { loadRounds, manifestOf } from '../asking/rounds.ts'

/** Kept tables of this agency's earlier years, the latest first. */
export async function loadEarlier(round: RoundView): Promise<Answer<readonly Release[]>> {
  const { fiscalYear } = manifestOf(round)
  const answer = await loadKept(round, (year) => year < fiscalYear)
  return 'value' in answer ? { value: answer.value.sort((a, b) => b.fiscalYear - a.fiscalYear) } : answer
}

/** Kept tables of the year after a round's: what came of its measures; null while there are none. */
export async function loadNext(round: RoundView): Promise<Answer<Release | null>> {
  const { fiscalYear } = manifestOf(round)
  const answer = await loadKept(round, (year) => year === fiscalYear + 1)
  return 'value' in answer ? { value: answer.value[0] ?? null } : answer
}

async function loadKept(round: RoundView, isAsked: (fiscalYear: number) => boolean): Promise<Answer<Release[]>> {
  const answer = await loadRounds()
  if ('refused' in answer) return answer
  const own = manifestOf(round)
  const asked = answer.value.rounds.filter((one) => {
    const { agency, fiscalYear } = manifestOf(one)
    const isOurs = agency[FIRST_LANGUAGE].full === own.agency[FIRST_LANGUAGE].full && !isDemonstration(manifestOf(one))
    return isOurs && isAsked(fiscalYear) && one.state === 'opened'
  })
  const kept = await Promise.all(
    asked.map((one) => ask('GET /rounds/:cid/papers/:paper', { cid: one.cid, paper: 'results' })),
  )
  return { value: kept.flatMap((one) => ('value' in one ? (readRelease(one.value.text) ?? []) : [])) }
}
