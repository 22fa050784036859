import { type Ratio, toHundredths } from '#survey/ratio'

/** Two decimals, half up from exact integers. */
export type Score = number

/** An exact score as it is shown. */
export function shown(exact: Ratio): Score {
  return toHundredths(exact) / 100
}

/** The mean of parts of EIT as they count, of scores as they are shown; null where there is no part, or one has no score. */
export function meanOfParts(
  parts: readonly { readonly score: Score | undefined; readonly weight: number }[],
): Score | null {
  let [sum, weights] = [0, 0]
  for (const { score, weight } of parts) {
    if (score === undefined) return null
    sum += Math.round(score * 100) * weight
    weights += weight
  }
  return weights === 0 ? null : Math.round(sum / weights) / 100
}
