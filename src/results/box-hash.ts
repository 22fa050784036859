import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '#protocol/bytes'

const NEWLINE = 10

/** The last line of a download says how many rows there were, and is no row. Exactly so: anything else is part of the box. */
const END_LINE = /^\{"end":\d{1,12}\}\n?$/

/** Longer than any end line. */
const MOST_END_BYTES = 32

/**
 * Hashes a box as it is downloaded: all its rows' lines, in whatever pieces they come, without the last line. It must be
 * what was written down at closing; otherwise somebody has changed the box since.
 */
export class BoxHash {
  readonly #hash = sha256.create()
  /** What came after the last line break that was hashed. */
  #open: Uint8Array = new Uint8Array()

  add(piece: Uint8Array): void {
    const end = piece.lastIndexOf(NEWLINE)
    if (end < 0) {
      this.#open = joined(this.#open, piece)
      return
    }
    this.#addLines(joined(this.#open, piece.subarray(0, end + 1)))
    this.#open = piece.slice(end + 1)
  }

  /** Hex, 64 digits. */
  digest(): string {
    if (this.#open.length > 0) this.#addLines(this.#open)
    return toHex(this.#hash.digest())
  }

  /** Whole lines; the line that ends the download is left out. */
  #addLines(lines: Uint8Array): void {
    const last = lines.subarray(0, -1).lastIndexOf(NEWLINE) + 1
    const isEnd = lines.length - last <= MOST_END_BYTES && END_LINE.test(new TextDecoder().decode(lines.subarray(last)))
    this.#hash.update(isEnd ? lines.subarray(0, last) : lines)
  }
}

/** Hashes the chunks of a download as they pass. */
export async function* hashing(chunks: AsyncIterable<Uint8Array>, hash: BoxHash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.add(chunk)
    yield chunk
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
