import * as v from 'valibot'
import { utf8 } from '#protocol/bytes'
import { parseJson } from '#protocol/json'
import { FIRST_LANGUAGE, LANGUAGES } from '#protocol/language'
import { isDemonstration } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import type { Release } from '#results/release'
import { type Answer, ask } from '../asking/ask.ts'
import { loadRounds, manifestOf } from '../asking/rounds.ts'

const SCORES = v.record(v.string(), v.number())
const ITEM = v.looseObject({ score: v.number(), n: v.number(), counts: SCORES })
const PART = v.looseObject({ score: v.number(), n: v.number(), indicators: SCORES, items: v.record(v.string(), ITEM) })
const OIT = v.looseObject({ score: v.number(), indicators: SCORES, groups: SCORES, items: SCORES })
const EIT = v.looseObject({
  ...{ score: v.number(), n: v.number(), indicators: SCORES },
  parts: v.looseObject({ public: v.optional(PART), survey: v.optional(PART) }),
})

/** What a page needs of kept tables so that it can show them: whoever saved them may have saved anything. */
const RELEASE = v.looseObject({
  v: v.literal(2),
  asked: v.looseObject({ id: v.string() }),
  fiscalYear: v.number(),
  agency: v.looseObject(v.entriesFromList(LANGUAGES, v.looseObject({ full: v.string() }))),
  total: v.nullable(v.number()),
  instruments: v.looseObject({ iit: v.optional(PART), eit: v.optional(EIT), oit: v.optional(OIT) }),
  spoiled: v.array(v.looseObject({ n: v.number() })),
  withheld: v.array(v.looseObject({ lane: v.string() })),
  breakdowns: v.array(v.looseObject({ rows: v.array(v.looseObject({ n: v.number(), score: v.number() })) })),
})

/** Tables of a round that were kept; null for anything else. */
export function readRelease(text: string): Release | null {
  const value = text === '' ? null : parseJson(utf8(text))
  return v.is(RELEASE, value) ? (value as unknown as Release) : null
}

/** Kept tables of this agency's earlier years, the latest first. */
export async function loadEarlier(round: RoundView): Promise<Answer<readonly Release[]>> {
  const answer = await loadRounds()
  if ('refused' in answer) return answer
  const own = manifestOf(round)
  const earlier = answer.value.rounds.filter((one) => {
    const { agency, fiscalYear } = manifestOf(one)
    const isOurs = agency[FIRST_LANGUAGE].full === own.agency[FIRST_LANGUAGE].full && !isDemonstration(manifestOf(one))
    return isOurs && fiscalYear < own.fiscalYear && one.state === 'opened'
  })
  const kept = await Promise.all(
    earlier.map((one) => ask('GET /rounds/:cid/papers/:paper', { cid: one.cid, paper: 'results' })),
  )
  const releases = kept.flatMap((one) => ('value' in one ? (readRelease(one.value.text) ?? []) : []))
  return { value: releases.sort((a, b) => b.fiscalYear - a.fiscalYear) }
}
