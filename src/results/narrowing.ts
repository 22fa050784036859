import type { Item, Questionnaire } from '#survey/questionnaire'
import { ratio } from '#survey/ratio'
import { instrumentScore } from '#survey/score'

/** A group as the tables show it: how many responses, and between what their scores add up. */
export interface SeenGroup {
  readonly n: number
  readonly least: number
  readonly most: number
}

/** Sums of floating numbers, against bounds that were rounded: what is this close counts as reached. */
const TOLERANCE = 1e-6

/**
 * Whether somebody who has a part's whole rows beside its tables learns of a row which group it belongs to. A group's score
 * is the mean of its members', so at the ends of the scale only particular rows can be its members. True when a row must be
 * one of the group, or when fewer than `k` rows beside its members could be: then who is in it is as good as known.
 *
 * `scores` are those of all rows of the part, in ascending order. Only the sums are looked at: a lower bound of what can
 * be found out, and the search that found certain rows in every second round of units that differ.
 */
export function narrows(scores: Float64Array, group: SeenGroup, k: number): boolean {
  const { n } = group
  const all = scores.length
  // everybody is in it, and the table says so without any row
  if (n === 0 || n >= all) return false
  const sums = prefixSums(scores)
  let candidates = 0
  for (let row = 0; row < all; row += 1) {
    if (!overlaps(sumsWithout(scores, sums, row, n), group)) return true
    if (overlaps(sumsWith(scores, sums, row, n), group)) candidates += 1
  }
  return candidates - n < k
}

interface Span {
  readonly least: number
  readonly most: number
}

/** What `n` rows can add up to when this one is not among them. */
function sumsWithout(scores: Float64Array, sums: Float64Array, row: number, n: number): Span {
  const own = scores[row] ?? 0
  const isLow = row < n
  const isHigh = row >= scores.length - n
  return {
    least: isLow ? lowest(sums, n + 1) - own : lowest(sums, n),
    most: isHigh ? highest(sums, n + 1) - own : highest(sums, n),
  }
}

/** And when it is. */
function sumsWith(scores: Float64Array, sums: Float64Array, row: number, n: number): Span {
  const own = scores[row] ?? 0
  return {
    least: row < n ? lowest(sums, n) : lowest(sums, n - 1) + own,
    most: row >= scores.length - n ? highest(sums, n) : highest(sums, n - 1) + own,
  }
}

function overlaps(one: Span, other: Span): boolean {
  return one.least <= other.most + TOLERANCE && one.most >= other.least - TOLERANCE
}

/** Sum of the `count` smallest. */
function lowest(sums: Float64Array, count: number): number {
  return sums[count] ?? 0
}

/** Sum of the `count` largest. */
function highest(sums: Float64Array, count: number): number {
  const all = sums.length - 1
  return (sums[all] ?? 0) - (sums[all - count] ?? 0)
}

/** Sum of the first 0, 1, 2, … numbers. */
function prefixSums(numbers: Float64Array): Float64Array {
  const sums = new Float64Array(numbers.length + 1)
  for (const [at, one] of numbers.entries()) sums[at + 1] = (sums[at] ?? 0) + one
  return sums
}

/** What each option of each item adds to a response's own score, by the item's place in the questionnaire. */
export function optionWeights(form: Questionnaire): readonly ReadonlyMap<number, number>[] {
  return form.items.map((item) => {
    const share = instrumentScore(form, (other: Item) => ratio(other === item ? 1 : 0))
    const weight = Number(share.numerator) / Number(share.denominator)
    return new Map(item.options.map(({ code, score }) => [code, score * weight]))
  })
}
