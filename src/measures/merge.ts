import type { RowContent } from '#protocol/measures'

/** Two people's changes of one row put together. */
export interface Merged<Content> {
  readonly content: Content
  /** Texts that both changed, to different words: one's own stays on the screen, the other's is to be looked at. */
  readonly conflicts: readonly (keyof Content & string)[]
}

/** Fields that somebody writes: only these can be in conflict. Of a choice, a number or a day the later one stands. */
const WRITTEN = new Set([
  ...['text', 'result', 'monitoring', 'proof', 'success', 'givenUp', 'outcome', 'obstacles', 'next'],
  ...['signatory', 'post', 'standing', 'limitsIit', 'limitsEit'],
])

/**
 * Puts one's own changes onto what somebody else saved, field by field. A field that only one of them changed is theirs; lists
 * are put together: what either added or changed is there, what either took away is not.
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
    merged[field] = Array.isArray(mine) && Array.isArray(other) ? mergeLists(before, mine, other) : mine
    if (WRITTEN.has(field) && !same(other, before)) conflicts.push(field)
  }
  return { content: merged as unknown as Content, conflicts: conflicts as (keyof Content & string)[] }
}

/** Their list without what one took away, with what one added or changed. */
function mergeLists(before: unknown, mine: readonly unknown[], theirs: readonly unknown[]): unknown[] {
  const base = Array.isArray(before) ? before : []
  const find = (list: readonly unknown[], one: unknown) => list.find((other) => keyOf(other) === keyOf(one))
  const kept = theirs
    .filter((one) => !find(base, one) || find(mine, one))
    .map((one) => {
      const own = find(mine, one)
      // what one changed oneself stands, what one left alone is theirs
      return own === undefined || same(own, find(base, one)) ? one : own
    })
  const added = mine.filter((one) => !find(base, one) && !find(theirs, one))
  return [...kept, ...added]
}

/** What an entry of a list is known by: its id or item, else itself. */
function keyOf(one: unknown): string {
  if (typeof one !== 'object' || one === null) return String(one)
  const { id, item } = one as { readonly id?: unknown; readonly item?: unknown }
  return String(id ?? item ?? JSON.stringify(one))
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
