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
    if (typeof value.end === 'number') return value.end
    const text = value.sealed
    const sealed = typeof text === 'string' ? fromBase64Url(text, Math.floor((text.length * 3) / 4)) : null
    return sealed && isLane(value.lane) ? { lane: value.lane, sealed } : 'damaged'
  } catch {
    return 'damaged'
  }
}
