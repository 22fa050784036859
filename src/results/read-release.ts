import * as v from 'valibot'
import { utf8 } from '#protocol/bytes'
import { parseJson } from '#protocol/json'
import { LANGUAGES } from '#protocol/language'
import { isEvidence } from './oit.ts'
import type { Release } from './release.ts'

const SCORES = v.record(v.string(), v.number())
const ITEM = v.looseObject({ score: v.number(), n: v.number(), counts: SCORES })
const PART = v.looseObject({ score: v.number(), n: v.number(), indicators: SCORES, items: v.record(v.string(), ITEM) })
const OIT = v.looseObject({
  ...{ score: v.number(), indicators: SCORES, groups: SCORES, items: SCORES },
  evidence: v.record(v.string(), v.pipe(v.string(), v.check(isEvidence))),
})
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
