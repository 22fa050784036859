import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import type { MeasureRow, RowContent } from '#protocol/measures'
import type { HeldRow } from './held-row.ts'
import { NO_FRAME, newMeasure, newStep, untouchedAnalysis } from './plan.ts'

/** A change as it waits on the device: all that is needed to go on with it. */
export type KeptChange = Pick<HeldRow, 'id' | 'content' | 'removed' | 'base' | 'saved' | 'conflicts'>

/** As text for the device's store. */
export function writeKept({ id, content, removed, base, saved, conflicts }: HeldRow): string {
  return JSON.stringify({ id, content, removed, base, saved, conflicts } satisfies KeptChange)
}

/**
 * A change that waits; null for what cannot be read. Its text may be too long or its link none, that is why it waits; but it
 * must be a row, or the page could not show it. Fields that a later version added are filled in.
 */
export function readKept(text: string): KeptChange | null {
  const value = parseJson(utf8(text))
  if (!isRecord(value) || typeof value.id !== 'string' || typeof value.removed !== 'boolean') return null
  const content = readContent(value.content)
  if (!content) return null
  const saved = isRecord(value.saved) ? (value.saved as unknown as MeasureRow) : null
  return {
    ...{ id: value.id, removed: value.removed, content },
    base: readContent(value.base),
    saved: saved && readContent(saved.content) ? saved : null,
    conflicts: isRecord(value.conflicts) ? (value.conflicts as KeptChange['conflicts']) : {},
  }
}

/** A row of each kind as it is before anybody wrote in it. */
const UNTOUCHED: readonly RowContent[] = [
  untouchedAnalysis(''),
  newMeasure('', 0, { from: '', to: '' }),
  newStep('', 0),
  NO_FRAME,
  { kind: 'publication', document: 'measures', hash: '', name: '', address: '', on: '', checked: '' },
]

function readContent(value: unknown): RowContent | null {
  if (!isRecord(value)) return null
  const untouched = UNTOUCHED.find(({ kind }) => kind === value.kind)
  if (!untouched) return null
  const entries = Object.entries(untouched).map(([field, empty]) => {
    const found = value[field]
    return [field, found === undefined || !isLike(found, empty) ? empty : found] as const
  })
  return Object.fromEntries(entries) as unknown as RowContent
}

/** Of the kind that a field is of; what may be null may be anything. */
function isLike(found: unknown, empty: unknown): boolean {
  if (empty === null) return true
  return Array.isArray(empty) ? Array.isArray(found) : typeof found === typeof empty
}
