import * as v from 'valibot'
import type { PublishedFigures } from '#instruments/published'
import { utf8 } from '#protocol/bytes'
import { parseJson } from '#protocol/json'
import { LONGEST_NAME, YEAR_ID } from '#protocol/manifest'
import { type Described, isDescribed, whole, words } from '#protocol/shapes'
import { NAME_PATTERN } from '#survey/name-pattern'
import { scoreOit } from './oit.ts'
import type { Release } from './release.ts'
import { COUNTED_LANES, type RoundForms } from './round-forms.ts'
import { meanOfParts } from './score.ts'

const NAME = v.pipe(v.string(), v.regex(NAME_PATTERN))
const SCORES = v.record(NAME, v.pipe(v.number(), v.minValue(0), v.maxValue(100)))

const BASELINE = v.strictObject({
  /** Id of the year whose instruments were used. */
  instruments: YEAR_ID,
  fiscalYear: whole(2500, 2700),
  /** Whose figures these are and where they come from, as people read it. */
  source: words(LONGEST_NAME),
  /** By lane, `eit`, `oit` and `total`. */
  scores: SCORES,
  indicators: SCORES,
  /** By lane and item. */
  items: v.record(NAME, SCORES),
  oitGroups: SCORES,
})

/** Scores of an earlier year that a round is compared with, and whose they are. */
export type Baseline = Described<typeof BASELINE>

/** A baseline that was kept; null for anything else. */
export function readBaseline(text: string): Baseline | null {
  const value = text === '' ? null : parseJson(utf8(text))
  return isDescribed(BASELINE, value) ? value : null
}

/**
 * Published figures as a baseline. OIT's groups follow from what was not disclosed, where that is known of every item; EIT from
 * its parts, where it was not printed and all of them were.
 */
export function baselineOfFigures(figures: PublishedFigures, source: string, forms: RoundForms): Baseline {
  const { instruments, fiscalYear, indicators, items, scores, oitZeroItems } = figures
  const eit = scores.eit ?? eitOf(scores, forms)
  return {
    ...{ instruments, fiscalYear, source, indicators, items },
    scores: { ...scores, ...(eit === null ? {} : { eit }) },
    oitGroups: oitZeroItems ? groupsOf(oitZeroItems, forms) : {},
  }
}

function groupsOf(zero: readonly string[], { oit }: RoundForms): Readonly<Record<string, number>> {
  const answers = Object.fromEntries(oit.items.map(({ id }) => [id, zero.includes(id) ? 0 : 100] as const))
  return scoreOit(oit, answers).result.groups
}

/** Two decimals, as published figures are: 79.26 and 80.94 give 80.10. Null unless every part was published. */
function eitOf(scores: Readonly<Record<string, number>>, { year }: RoundForms): number | null {
  return meanOfParts(year.eitParts.map(({ lane, weight }) => ({ score: scores[lane], weight })))
}

/** An earlier round's tables as a baseline. */
export function baselineOfRelease(release: Release, source: string): Baseline {
  const { asked, fiscalYear, total, instruments } = release
  const { iit, eit, oit } = instruments
  const parts = { iit, 'eit-public': eit?.parts.public, 'eit-survey': eit?.parts.survey }
  const known = COUNTED_LANES.flatMap((lane) => {
    const part = parts[lane]
    return part ? [{ lane, part }] : []
  })
  return {
    ...{ instruments: asked.id, fiscalYear, source },
    scores: {
      ...Object.fromEntries(known.map(({ lane, part }) => [lane, part.score])),
      ...(eit ? { eit: eit.score } : {}),
      ...(oit ? { oit: oit.score } : {}),
      ...(total === null ? {} : { total }),
    },
    indicators: { ...iit?.indicators, ...eit?.indicators, ...oit?.indicators },
    items: Object.fromEntries(
      known.map(({ lane, part }) => [
        lane,
        Object.fromEntries(Object.entries(part.items).map(([id, { score }]) => [id, score])),
      ]),
    ),
    oitGroups: { ...oit?.groups },
  }
}

/** Whether items and indicators of two years mean the same: where the instruments changed, no line is drawn between them. */
export function isComparable(baseline: Pick<Baseline, 'instruments'>, release: Pick<Release, 'asked'>): boolean {
  return baseline.instruments === release.asked.id
}

/** A difference of two scores as they are shown, exact to the second decimal. */
export function difference(score: number, before: number): number {
  return (Math.round(score * 100) - Math.round(before * 100)) / 100
}
