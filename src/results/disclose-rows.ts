import type { Questionnaire } from '#survey/questionnaire'
import type { BreakdownResult, BreakdownRow } from './breakdown.ts'
import { narrows, optionWeights, type SeenGroup } from './narrowing.ts'
import { type PackedLane, packedCount } from './packed.ts'

/** Fewer whole rows than this are never saved in earnest: a few known answers find a person's row. */
export const FEWEST_WHOLE_ROWS = 100

/** A score shown without decimals stands for half a point to each side; with two decimals for half a hundredth. */
const ROUNDING = { whole: 0.505, hundredths: 0.005 } as const
const DECIMALS_FROM = 100

/** Scores of the rows of a part, ascending. */
export function rowScores(form: Questionnaire, { codes }: PackedLane): Float64Array {
  const weights = optionWeights(form)
  const scores = new Float64Array(codes.length / weights.length)
  for (const [at, code] of codes.entries()) {
    const row = Math.floor(at / weights.length)
    scores[row] = (scores[row] ?? 0) + (weights[at % weights.length]?.get(code) ?? 0)
  }
  return scores.sort()
}

/** Whether a part's whole rows beside one of its breakdowns would tell of a row whose it is: one group's, or several together's. */
export function rowsTell(scores: Float64Array, { rows }: Pick<BreakdownResult, 'rows'>, k: number): boolean {
  const shown = rows.map(seen)
  return unionsOf([...shown, theOthers(scores, shown)]).some((group) => narrows(scores, group, k))
}

/** Up to so many groups every union of some is looked at; of more, those that are neighbours by their means. */
const MOST_FOR_ALL = 10

/** Two groups that each could be many rows can together be only particular ones: what a table says of each, it says of their sum. */
function unionsOf(groups: readonly SeenGroup[]): SeenGroup[] {
  const mean = ({ n, least, most }: SeenGroup) => (least + most) / Math.max(1, n)
  const byMean = [...groups].sort((one, other) => mean(one) - mean(other))
  const chosen = byMean.length <= MOST_FOR_ALL ? subsetsOf(byMean) : rangesOf(byMean)
  return chosen.map((some) =>
    some.reduce((all, { n, least, most }) => ({ n: all.n + n, least: all.least + least, most: all.most + most })),
  )
}

function subsetsOf<T>(all: readonly T[]): T[][] {
  const some = Array.from({ length: 2 ** all.length - 1 }, (_, at) => at + 1)
  return some.map((bits) => all.filter((_, at) => Math.floor(bits / 2 ** at) % 2 === 1))
}

function rangesOf<T>(all: readonly T[]): T[][] {
  return all.flatMap((_, from) => all.slice(from).map((_, length) => all.slice(from, from + length + 1)))
}

function seen({ n, score }: BreakdownRow): SeenGroup {
  const away = n < DECIMALS_FROM ? ROUNDING.whole : ROUNDING.hundredths
  return { n, least: n * Math.max(0, score - away), most: n * Math.min(100, score + away) }
}

/** Total minus shown is a group, too. */
function theOthers(scores: Float64Array, shown: readonly SeenGroup[]): SeenGroup {
  const total = scores.reduce((sum, one) => sum + one, 0)
  const sumOf = (of: (group: SeenGroup) => number) => shown.reduce((sum, group) => sum + of(group), 0)
  return {
    n: scores.length - sumOf(({ n }) => n),
    least: total - sumOf(({ most }) => most),
    most: total - sumOf(({ least }) => least),
  }
}

/**
 * The protected form of a part: every item's answers shuffled by themselves. All counts and scores stay exact, and no row is
 * anybody's. What gets lost is how answers hang together.
 */
export function protectedLane(lane: PackedLane, randomBelow: (bound: number) => number): PackedLane {
  const rows = packedCount(lane)
  const columns = rows === 0 ? 0 : lane.codes.length / rows
  const codes = lane.codes.slice()
  for (let column = 0; column < columns; column += 1) {
    for (let row = rows - 1; row > 0; row -= 1) {
      const [here, there] = [row * columns + column, randomBelow(row + 1) * columns + column]
      const kept = codes[here] ?? 0
      codes[here] = codes[there] ?? 0
      codes[there] = kept
    }
  }
  return withoutMarks({ ...lane, codes })
}

/** Without what a file must not hold: the names of tickets, and the groups of each response. */
export function withoutMarks(lane: PackedLane): PackedLane {
  const rows = packedCount(lane)
  const none = new Uint8Array(rows).fill(255)
  return { ...lane, tickets: new Uint8Array(), groups: { contact: none, point: none, unit: none } }
}

/** Answers that somebody may know of a colleague. */
const KNOWN_ANSWERS = 6
const MOST_TRIED = 400

/**
 * Of how many rows in a hundred somebody who knows six answers of a person finds that person's row alone, measured on this
 * very part: some rows, six items of each drawn at random, and how many rows agree with them.
 */
export function singledOut(lane: PackedLane, randomBelow: (bound: number) => number): number {
  const rows = packedCount(lane)
  if (rows === 0) return 0
  const columns = lane.codes.length / rows
  const tries = Math.min(MOST_TRIED, rows)
  let alone = 0
  for (let tried = 0; tried < tries; tried += 1) {
    const row = rows <= MOST_TRIED ? tried : randomBelow(rows)
    if (isAlone(lane.codes, row, columns, drawColumns(columns, randomBelow))) alone += 1
  }
  return Math.round((100 * alone) / tries)
}

function drawColumns(columns: number, randomBelow: (bound: number) => number): number[] {
  const drawn = new Set<number>()
  while (drawn.size < Math.min(KNOWN_ANSWERS, columns)) drawn.add(randomBelow(columns))
  return [...drawn]
}

function isAlone(codes: Uint8Array, row: number, columns: number, known: readonly number[]): boolean {
  let agreeing = 0
  for (let start = 0; start < codes.length; start += columns) {
    if (known.every((column) => codes[start + column] === codes[row * columns + column])) agreeing += 1
    if (agreeing > 1) return false
  }
  return true
}
