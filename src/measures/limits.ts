import type { Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { requiredSample } from '#survey/required-sample'

/** Sentences about what bounds a survey: `locales/th/documents.json`. */
export interface LimitWords {
  readonly answered: string
  /** Where the year has no rule of how many must answer. */
  readonly answeredFreely: string
  readonly more: string
  readonly tooFew: string
  readonly few: string
  readonly alike: string
  readonly spoiled: string
  /** Visitors who were asked nothing, because they never used the service. */
  readonly turnedAway: string
  readonly lane: Readonly<Record<Lane, string>>
}

/** Visitors who need not answer, by lane, as far as tablets told: by fives, the least it can be. */
export type TurnedAway = Readonly<Partial<Record<Lane, number>>>

/** What tablets told, put together by lane. */
export function turnedAwayAt(tablets: readonly { readonly lane: Lane; readonly turnedAway: number }[]): TurnedAway {
  const sums: Partial<Record<Lane, number>> = {}
  for (const { lane, turnedAway } of tablets) sums[lane] = (sums[lane] ?? 0) + turnedAway
  return sums
}

/**
 * What bounded the survey, from facts that a release tells or that everybody knows: how many answered of how many, the sample
 * that is required, parts that may not be shown. Nothing here says more than `release` allows.
 */
export function limitsOf(
  release: Release,
  { lanes, turnedAway }: Pick<Manifest, 'lanes'> & { readonly turnedAway: TurnedAway },
  { year }: Pick<RoundForms, 'year'>,
  words: LimitWords,
): Readonly<Record<'iit' | 'eit', readonly string[]>> {
  const { iit, eit } = release.instruments
  const shown = { iit, 'eit-public': eit?.parts.public, 'eit-survey': eit?.parts.survey }
  const sentencesOf = (lane: keyof typeof shown) => {
    const asked = lanes[lane]
    if (!asked) return []
    const withheld = release.withheld.find((one) => one.lane === lane)
    const facts = { lane: words.lane[lane], eligible: asked.eligible }
    if (withheld) return [filled(withheld.why === 'few' ? words.few : words.alike, facts)]
    const n = shown[lane]?.n
    const rule = year.sample[lane]
    if (n === undefined) return []
    const required = rule ? requiredSample(asked.eligible, rule) : null
    return [...answeredSentences(n, facts, required, words), ...awaySentences(n, turnedAway[lane] ?? 0, facts, words)]
  }
  const spoiled = release.spoiled.reduce((sum, { n }) => sum + n, 0)
  // nobody knows of which questionnaire a response is that does not count
  const uncounted = spoiled > 0 ? [filled(words.spoiled, { n: spoiled })] : []
  const visitors = [...sentencesOf('eit-public'), ...sentencesOf('eit-survey')]
  return lanes.iit
    ? { iit: [...sentencesOf('iit'), ...uncounted], eit: visitors }
    : { iit: [], eit: [...visitors, ...uncounted] }
}

/** How many answered, of how many, and whether that is enough. */
function answeredSentences(
  n: number,
  facts: { readonly lane: string; readonly eligible: number },
  required: number | null,
  words: LimitWords,
): string[] {
  if (required === null) return [filled(words.answeredFreely, { ...facts, n })]
  return [
    filled(words.answered, { ...facts, n, required }),
    ...(n < required ? [filled(words.tooFew, { ...facts, required })] : []),
    ...(n > facts.eligible ? [filled(words.more, facts)] : []),
  ]
}

/** Who was turned away, of all who were asked. Of a part that may not be shown nothing is said. */
function awaySentences(n: number, away: number, facts: { readonly lane: string }, words: LimitWords): string[] {
  const share = Math.round((100 * away) / (n + away))
  return away > 0 ? [filled(words.turnedAway, { ...facts, away, share })] : []
}

function filled(frame: string, facts: Readonly<Record<string, string | number>>): string {
  return frame.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? ''))
}
