import type { RowContent } from '#protocol/measures'

/** Two people's changes of one row put together. */
export interface Merged<Content> {
  readonly content: Content
  /** Fields that both changed, to different values: one's own stays, the other's is to be looked at. */
  readonly conflicts: readonly (keyof Content & string)[]
}

/**
 * Puts one's own changes onto what somebody else saved, field by field. A field that only one of them changed is theirs; lists
 * are put together: what either added is there, what either took away is not.
 */
export function mergeRow<Content extends RowContent>(
  base: Content | null,
  own: Content,
  theirs: Content,
): Merged<Content> {
  const merged: Record<string, unknown> = { ...theirs }
  const conflicts: string[] = []
  for (const field of Object.keys(own) as (keyof Content & string)[]) {
    const [before, mine, other] = [base?.[field], own[field], theirs[field]]
    if (same(mine, other) || same(mine, before)) continue
    if (same(other, before)) merged[field] = mine
    else if (Array.isArray(mine) && Array.isArray(other)) merged[field] = mergeLists(before, mine, other)
    else {
      merged[field] = mine
      conflicts.push(field)
    }
  }
  return { content: merged as unknown as Content, conflicts: conflicts as (keyof Content & string)[] }
}

/** Their list without what one took away, with what one added. */
function mergeLists(before: unknown, mine: readonly unknown[], theirs: readonly unknown[]): unknown[] {
  const base = Array.isArray(before) ? before : []
  const taken = base.filter((one) => !mine.some((other) => same(one, other)))
  const added = mine.filter((one) => !base.some((other) => same(one, other)))
  const left = theirs.filter((one) => !taken.some((other) => same(one, other)))
  return [...left, ...added.filter((one) => !left.some((other) => same(one, other)))]
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
