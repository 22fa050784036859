import { utf8 } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import type { MeasureRow, RowContent } from '#protocol/measures'

/** A change that waits on the device, with the row that it was made from. */
export interface KeptChange {
  readonly id: string
  readonly content: RowContent
  readonly removed: boolean
  /** The row as it was saved when this was typed: what it is put together with. */
  readonly version: MeasureRow | null
}

/** As text for the device's store; null for nothing. */
export function writeKept(changes: readonly KeptChange[]): string | null {
  return changes.length === 0 ? null : JSON.stringify(changes)
}

/** Changes that wait; what cannot be read is left out. Contents may be too long to be saved: that is why they wait. */
export function readKept(text: string | null): KeptChange[] {
  const value = text === null ? null : parseJson(utf8(text))
  return Array.isArray(value) ? value.filter(isKept) : []
}

function isKept(value: unknown): value is KeptChange {
  return (
    isRecord(value) && typeof value.id === 'string' && typeof value.removed === 'boolean' && isRecord(value.content)
  )
}
