import type { Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { requiredSample } from '#survey/required-sample'

/** Sentences about what bounds a survey: `locales/th/documents.json`. */
export interface LimitWords {
  readonly answered: string
  readonly tooFew: string
  readonly few: string
  readonly alike: string
  readonly spoiled: string
  readonly lane: Readonly<Record<Lane, string>>
}

/**
 * What bounded the survey, from facts that a release tells or that everybody knows: how many answered of how many, the sample
 * that is required, parts that may not be shown. Nothing here says more than `release` allows.
 */
export function limitsOf(
  release: Release,
  { lanes }: Pick<Manifest, 'lanes'>,
  { year }: Pick<RoundForms, 'year'>,
  words: LimitWords,
): Readonly<Record<'iit' | 'eit', readonly string[]>> {
  const { iit, eit } = release.instruments
  const shown = { iit, 'eit-public': eit?.parts.public, 'eit-survey': eit?.parts.survey }
  const sentencesOf = (lane: keyof typeof shown) => {
    const asked = lanes[lane]
    if (!asked) return []
    const rule = year.sample[lane]
    const required = rule ? requiredSample(asked.eligible, rule) : null
    const facts = { lane: words.lane[lane], eligible: asked.eligible, required: required ?? '' }
    const n = shown[lane]?.n
    const withheld = release.withheld.find((one) => one.lane === lane)
    if (withheld) return [filled(withheld.why === 'few' ? words.few : words.alike, facts)]
    if (n === undefined) return []
    const answered = filled(words.answered, { ...facts, n })
    return required !== null && n < required ? [answered, filled(words.tooFew, { ...facts, n })] : [answered]
  }
  const spoiled = release.spoiled.reduce((sum, { n }) => sum + n, 0)
  return {
    iit: [...sentencesOf('iit'), ...(spoiled > 0 ? [filled(words.spoiled, { n: spoiled })] : [])],
    eit: [...sentencesOf('eit-public'), ...sentencesOf('eit-survey')],
  }
}

function filled(frame: string, facts: Readonly<Record<string, string | number>>): string {
  return frame.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? ''))
}
