import type { Instrument } from './questionnaire.ts'
import { type Ratio, toHundredths, weightedMean } from './ratio.ts'

/** ผ่านดีเยี่ยม · ผ่านดี · ผ่าน · ต้องปรับปรุง · ต้องปรับปรุงโดยด่วน */
export const LEVELS = ['excellent', 'good', 'pass', 'improve', 'improve-urgently'] as const

export type Level = (typeof LEVELS)[number]

/** When a level is reached. Bounds are scores of 0–100. */
export interface LevelRule {
  readonly level: Level
  /** The total, as shown, is at least this. */
  readonly from: number
  /** Each instrument for itself, as shown, is at least this, too. */
  readonly eachFrom?: number
  /** Whether a source of that year says so, or another year's rule was taken. */
  readonly confirmed: boolean
}

/** How much each instrument counts in the total; together 100. */
export type Weights = Readonly<Record<Instrument, number>>

export type InstrumentScores = Readonly<Record<Instrument, Ratio>>

/** The weighted total, exact. */
export function totalScore(scores: InstrumentScores, weights: Weights): Ratio {
  return weightedMean(
    (['iit', 'eit', 'oit'] as const).map((instrument) => ({ value: scores[instrument], weight: weights[instrument] })),
  )
}

/**
 * The level: the first of the rules, best first, whose bounds are reached by what is shown. Compared after rounding to two
 * decimals, bounds half open: 84.995 shows 85.00 and reaches 85.
 */
export function levelOf(scores: InstrumentScores, weights: Weights, rules: readonly LevelRule[]): LevelRule {
  const total = toHundredths(totalScore(scores, weights))
  const lowest = Math.min(...Object.values(scores).map(toHundredths))
  const reached = rules.find(
    ({ from, eachFrom = 0 }) => total >= Math.round(from * 100) && lowest >= Math.round(eachFrom * 100),
  )
  if (!reached) throw new RangeError('the levels of this year begin above 0')
  return reached
}
