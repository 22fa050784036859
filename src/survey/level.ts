import { type Ratio, toHundredths, weightedMean } from './ratio.ts'

/** ผ่านดีเยี่ยม · ผ่านดี · ผ่าน · ต้องปรับปรุง · ต้องปรับปรุงโดยด่วน (FY 2567 rule; FY 2566 confirms only the last two). */
export type Level = 'excellent' | 'good' | 'pass' | 'improve' | 'improve-urgently'

export interface InstrumentScores {
  readonly iit: Ratio
  readonly eit: Ratio
  readonly oit: Ratio
}

/** Total: 30 % IIT + 30 % EIT + 40 % OIT, exact. */
export function totalScore({ iit, eit, oit }: InstrumentScores): Ratio {
  return weightedMean([
    { value: iit, weight: 30 },
    { value: eit, weight: 30 },
    { value: oit, weight: 40 },
  ])
}

/** The level, compared after rounding to two decimals, bounds half open (84.995 shows 85.00 and passes). */
export function levelOf(scores: InstrumentScores): Level {
  const total = toHundredths(totalScore(scores))
  const lowest = Math.min(...[scores.iit, scores.eit, scores.oit].map(toHundredths))
  if (total >= 9500 && lowest >= 9500) return 'excellent'
  if (total >= 8500 && lowest >= 8500) return 'good'
  if (total >= 8500) return 'pass'
  return total >= 7000 ? 'improve' : 'improve-urgently'
}
