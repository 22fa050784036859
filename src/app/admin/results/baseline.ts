import published from '#instruments/2566/published.json' with { type: 'json' }
import type { Lane } from '#protocol/lane'
import { scoreOit } from '#results/oit'
import { questionnaire } from '#results/questionnaires'

type Scores = Readonly<Record<string, number>>

const OIT = questionnaire('oit-2566')

/** OIT's groups follow from the items that were not disclosed; their scores were not printed. */
const oitBefore = scoreOit(
  OIT,
  Object.fromEntries(OIT.items.map(({ id }) => [id, published.oitZeroItems.includes(id) ? 0 : 100] as const)),
).result

/** The published scores of FY 2566, to compare a round of the same questionnaire with. */
export const BASELINE = {
  fiscalYear: published.fiscalYear,
  total: published.scores.total,
  instruments: {
    iit: published.scores.iit,
    eit: mean(published.scores['eit-public'], published.scores['eit-survey']),
    oit: published.scores.oit,
  },
  parts: published.scores as Readonly<Record<string, number>>,
  indicators: published.indicators as Scores,
  oitGroups: oitBefore.groups,
} as const

/** The published score of an item; OIT items were 0 or 100. */
export function baselineItem(lane: Lane, id: string): number | null {
  return (published.items as Readonly<Record<string, Scores>>)[lane]?.[id] ?? null
}

/** Two decimals, as published figures are: 79.26 and 80.94 give 80.10. */
function mean(a: number, b: number): number {
  return Math.round((a + b) * 50) / 100
}

/** A difference of two published figures, exact to the second decimal. */
export function difference(score: number, before: number): number {
  return (Math.round(score * 100) - Math.round(before * 100)) / 100
}
