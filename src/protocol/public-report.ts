import * as v from 'valibot'
import { LANGUAGES } from './language.ts'
import { AGENCY, ENQUIRIES } from './manifest.ts'
import { ADDRESS, DAY_OR_NONE, KEY, LINE, PROGRESS_STATES, PROSE, some } from './measures.ts'
import { bytesText, type Described, whole } from './shapes.ts'
import { SIZES } from './sizes.ts'

const SCORE = v.pipe(v.number(), v.minValue(0), v.maxValue(100))

/** The same words in every language of the product. */
const IN_LANGUAGES = v.strictObject(v.entriesFromList(LANGUAGES, v.pipe(v.string(), v.maxLength(1000))))

/** One measure as everybody may read it; in the agency's own words, which are Thai. */
const PUBLIC_MEASURE = v.strictObject({
  text: PROSE,
  steps: some(v.strictObject({ text: PROSE, state: v.picklist(PROGRESS_STATES) }), 200),
  from: DAY_OR_NONE,
  to: DAY_OR_NONE,
  units: some(LINE, 30),
  state: v.picklist(PROGRESS_STATES),
  percent: whole(0, 100),
  outcome: PROSE,
  evidence: some(v.strictObject({ title: LINE, address: ADDRESS }), 30),
})

/** What respondents said about one thing, and what is done about it. */
const TOLD = v.strictObject({
  name: IN_LANGUAGES,
  /** Whether people said it: what is not disclosed, nobody had to be asked about. */
  asked: v.boolean(),
  items: some(v.strictObject({ id: KEY, text: IN_LANGUAGES, score: SCORE }), 60),
  measures: some(PUBLIC_MEASURE, 60),
})

/**
 * The public page of a round: its result, what respondents said, what is done about it, and how far it is. Made of what a
 * release allows and nothing else; published by an act, and withdrawn by one.
 */
export const PUBLIC_REPORT = v.strictObject({
  v: v.literal(1),
  cid: bytesText(SIZES.campaignId),
  fiscalYear: whole(2500, 2700),
  /** Of invented answers: every page of it says so. */
  demonstration: v.boolean(),
  agency: AGENCY,
  enquiries: ENQUIRIES,
  total: v.nullable(SCORE),
  /** In words of the year's levels; null where there is no total. */
  level: v.nullable(IN_LANGUAGES),
  target: SCORE,
  instruments: some(v.strictObject({ id: v.picklist(['iit', 'eit', 'oit'] as const), score: SCORE }), 3),
  indicators: some(v.strictObject({ id: KEY, name: IN_LANGUAGES, score: SCORE }), 40),
  told: some(TOLD, 40),
})

export type PublicReport = Described<typeof PUBLIC_REPORT>

/** What the public page is told, with the day on which it was published. */
export interface PublishedReport {
  readonly v: number
  /** A day in Bangkok. */
  readonly on: string
  readonly report: PublicReport
}

/** Characters of the round's id that stand in the page's address. */
const SHORT = 8

/** The address of a round's public page begins with this. */
export const REPORT_PATH = '/r/'

/** What stands behind it. */
export const REPORT_NAME = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8}$/))

/** The name of a round's public page. */
export function reportName(cid: string): string {
  return cid.slice(0, SHORT)
}
