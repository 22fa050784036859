import { concat } from './bytes.ts'

/** Longest side of an emblem, pixels, and most bytes of its PNG. */
export const EMBLEM_SIDE = 256
export const MOST_EMBLEM_BYTES = 100_000

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** What a picture is made of; everything else in a PNG is text, time or colour management. */
const NEEDED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']
const CHUNK_FRAME = 12

/**
 * A PNG with nothing in it but its picture: no text, no time, no profile, nothing behind its end. Null where bytes are no PNG,
 * or one larger than an emblem may be.
 */
export function plainPng(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE.length)]
  let [at, last] = [SIGNATURE.length, '']
  while (last !== 'IEND') {
    if (at + CHUNK_FRAME > bytes.length) return null
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (last === '' && (name !== 'IHDR' || !isSmall(view, at + 8, length))) return null
    const end = at + CHUNK_FRAME + length
    if (end > bytes.length) return null
    if (NEEDED.includes(name)) kept.push(bytes.subarray(at, end))
    ;[at, last] = [end, name]
  }
  const plain = concat(...kept)
  return plain.length <= MOST_EMBLEM_BYTES ? plain : null
}

function isSmall(view: DataView, at: number, length: number): boolean {
  if (length !== 13 || at + length > view.byteLength) return false
  return [view.getUint32(at), view.getUint32(at + 4)].every((side) => side > 0 && side <= EMBLEM_SIDE)
}

/** Whether bytes are a PNG with nothing else in it. */
export function isPlainPng(bytes: Uint8Array): boolean {
  const plain = plainPng(bytes)
  return plain !== null && plain.length === bytes.length
}
