import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { isRecord } from '#protocol/json'
import { isLane } from '#protocol/lane'
import type { SealedResponse } from './open-responses.ts'

/** A row of a box as its line, byte for byte as the collector writes it. */
export function sealedLine({ lane, sealed }: SealedResponse): string {
  return `${JSON.stringify({ lane, sealed: toBase64Url(sealed) })}\n`
}

/** One line of a downloaded box: a sealed row, how many rows there were (the last line), or neither. */
export function readSealedLine(line: string): SealedResponse | number | 'damaged' {
  try {
    const value: unknown = JSON.parse(line)
    if (!isRecord(value)) return 'damaged'
    // what the box's hash leaves out is exactly this; a line with more in it is neither end nor row
    if ('end' in value) return typeof value.end === 'number' && Object.keys(value).length === 1 ? value.end : 'damaged'
    if (Object.keys(value).length !== 2) return 'damaged'
    const text = value.sealed
    const sealed = typeof text === 'string' ? fromBase64Url(text, Math.floor((text.length * 3) / 4)) : null
    return sealed && isLane(value.lane) ? { lane: value.lane, sealed } : 'damaged'
  } catch {
    return 'damaged'
  }
}
