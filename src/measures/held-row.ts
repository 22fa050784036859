import { type MeasureRow, ROW_CONTENT, type RowContent } from '#protocol/measures'
import { isDescribed } from '#protocol/shapes'
import { NO_FRAME, untouchedAnalysis } from './plan.ts'

/** What somebody else wrote in a field that one changed, too, and who: by field, until one has decided. */
export type Conflicts = Readonly<Record<string, { readonly by: string; readonly theirs: unknown }>>

/** What one screen knows of a row. */
export interface HeldRow {
  readonly id: string
  /** As the collector last told it; null for one that it does not know yet. */
  readonly saved: MeasureRow | null
  /** What one's own changes began from: what others save meanwhile is put together with it. */
  readonly base: RowContent | null
  readonly content: RowContent
  readonly removed: boolean
  /** Not saved yet, or not all of it. */
  readonly isOwn: boolean
  readonly conflicts: Conflicts
  /** Why the collector will not take it as it is: it breaks the schema, or was refused. */
  readonly fault: 'not-valid' | 'refused' | null
}

/** A row that nobody has saved. */
export function newRow(id: string, content: RowContent): HeldRow {
  return {
    ...{ id, content, saved: null, removed: false, isOwn: true, conflicts: {} },
    base: untouchedOf(content),
    fault: faultOf(content),
  }
}

/** A row as somebody saved it. */
export function savedRow(row: MeasureRow): HeldRow {
  const { id, content, removed } = row
  return { id, content, removed, saved: row, base: content, isOwn: false, conflicts: {}, fault: null }
}

/**
 * Rows that there is one of, whoever writes it first, begin from what nobody has touched: two people who write their first
 * words in different fields both keep them.
 */
function untouchedOf(content: RowContent): RowContent | null {
  if (content.kind === 'frame') return NO_FRAME
  return content.kind === 'analysis' ? untouchedAnalysis(content.issue) : null
}

export function faultOf(content: RowContent): HeldRow['fault'] {
  return isDescribed(ROW_CONTENT, content) ? null : 'not-valid'
}

/** A field's value, whichever row it is of. */
export function fieldOf(content: RowContent, field: string): unknown {
  return (content as unknown as Readonly<Record<string, unknown>>)[field]
}

/** A row as it may be saved: where somebody else wrote in the same field, theirs stands until one has decided. */
export function toSave({ content, conflicts }: HeldRow): RowContent {
  const theirs = Object.fromEntries(Object.entries(conflicts).map(([field, conflict]) => [field, conflict.theirs]))
  return Object.keys(theirs).length === 0 ? content : ({ ...content, ...theirs } as RowContent)
}

/** Whether there is something to send: what waits for a decision is not. */
export function isWaiting(row: HeldRow): boolean {
  if (!row.isOwn || row.fault !== null) return false
  return row.saved === null || row.removed !== row.saved.removed || !sameContent(toSave(row), row.saved.content)
}

export function sameContent(one: RowContent, other: RowContent): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
