/** One group of a breakdown: a unit, a service point, a kind of visit. */
export interface Group {
  readonly id: string
  /** Responses in it. */
  readonly n: number
  /** People who can have answered, as far as anybody knows: the unit's people, or fewer slips exchanged; absent when nobody knows. */
  readonly eligible?: number
  /** Its score must not be shown whatever its size: all of it answered (nearly) alike, or it has more responses than people. */
  readonly alike?: boolean
}

/**
 * Which groups of a breakdown may be shown beside their total, so that no hidden one can be worked out. Hidden are groups below `k`; then, smallest first, as many more as it takes until
 *
 * - all hidden ones together have `k` responses: total minus shown is a group too, and its answers can be subtracted;
 * - what is left when the shown ones are subtracted is not one set of answers that everybody hidden gave (`areAlike`), nor
 *   a group of that kind with fewer than `k` others around it;
 * - no hidden one is known more narrowly than by `k`, with what everybody knows: the total, what is shown, how many people
 *   each group has, and that groups are hidden from the smallest upwards.
 *
 * A group of fewer than `k` people is never known more widely than by its size, so its size is enough there.
 */
export function shownGroups(
  groups: readonly Group[],
  k: number,
  areAlike: (ids: readonly string[]) => boolean = () => false,
): ReadonlySet<string> {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`${k} is no smallest group`)
  const bySize = [...groups].sort((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1))
  let hidden = bySize.filter(({ n, alike }) => n < k || alike)
  let shown = bySize.filter((group) => !hidden.includes(group))
  while (hidden.length > 0 && shown.length > 0) {
    const smallest = shown[0]?.n ?? 0
    if (!tells(hidden, smallest, k) && !hidesNothing(hidden, k, areAlike)) break
    // all of one size go together: which of them went first would tell something, too
    hidden = bySize.filter((group) => hidden.includes(group) || group.n <= smallest)
    shown = bySize.filter((group) => !hidden.includes(group))
  }
  return new Set(shown.map(({ id }) => id))
}

/** Whether the answers of the hidden ones together are those of one group that answered alike. */
function hidesNothing(hidden: readonly Group[], k: number, areAlike: (ids: readonly string[]) => boolean): boolean {
  if (areAlike(hidden.map(({ id }) => id))) return true
  const together = hidden.reduce((sum, { n }) => sum + n, 0)
  return hidden.some(({ n, alike }) => alike && together - n < k)
}

/** Whether somebody could work out one of these hidden groups, or their answers together. `smallestShown` bounds each of them. */
function tells(hidden: readonly Group[], smallestShown: number, k: number): boolean {
  const together = hidden.reduce((sum, { n }) => sum + n, 0)
  if (together < k) return true
  const most = hidden.map(({ eligible = Number.POSITIVE_INFINITY }) => Math.min(eligible, together, smallestShown - 1))
  const mostOfAll = most.reduce((sum, one) => sum + one, 0)
  return hidden.some(({ eligible = Number.POSITIVE_INFINITY }, index) => {
    const upper = most[index] ?? 0
    const lower = Math.max(0, together - (mostOfAll - upper))
    return upper - lower < Math.min(k, eligible)
  })
}
