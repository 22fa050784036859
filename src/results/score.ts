import { type Ratio, toHundredths } from '#survey/ratio'

/** Two decimals, half up from exact integers. */
export type Score = number

/** An exact score as it is shown. */
export function shown(exact: Ratio): Score {
  return toHundredths(exact) / 100
}
