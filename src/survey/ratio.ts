/** An exact fraction; scores stay fractions until they are shown, so nothing rounds twice. */
export interface Ratio {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** An exact fraction of two integers. Throws on a denominator that is not positive. */
export function ratio(numerator: bigint | number, denominator: bigint | number = 1n): Ratio {
  const [top, bottom] = [BigInt(numerator), BigInt(denominator)]
  if (bottom <= 0n) throw new RangeError('a ratio needs a positive denominator')
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom)
  return { numerator: top / divisor, denominator: bottom / divisor }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a || 1n : greatestCommonDivisor(b, a % b)
}

/** The exact mean of at least one ratio. Throws on none. */
export function mean(ratios: readonly Ratio[]): Ratio {
  return weightedMean(ratios.map((value) => ({ value, weight: 1 })))
}

/** The exact mean with whole-number weights. Throws on none. */
export function weightedMean(parts: readonly { readonly value: Ratio; readonly weight: number }[]): Ratio {
  let [numerator, denominator, weights] = [0n, 1n, 0n]
  for (const { value, weight } of parts) {
    numerator = numerator * value.denominator + BigInt(weight) * value.numerator * denominator
    denominator *= value.denominator
    weights += BigInt(weight)
  }
  return ratio(numerator, denominator * weights)
}

/** Hundredths of a score, rounded half up from the exact fraction (scoring.md, "display"). */
export function toHundredths(value: Ratio): number {
  const scaled = value.numerator * 200n + value.denominator
  const divisor = value.denominator * 2n
  const quotient = scaled / divisor
  return Number(scaled % divisor < 0n ? quotient - 1n : quotient)
}

/** A score as shown: two decimals, e.g. `82.06`. */
export function toTwoDecimals(value: Ratio): string {
  return (toHundredths(value) / 100).toFixed(2)
}
