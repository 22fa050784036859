import { type Bytes, concat, fromBase64Url, sha256, toBase64Url, utf8 } from './bytes.ts'
import type { BoxItem } from './messages.ts'
import { PADDED_SIZE, SIZES } from './sizes.ts'

/**
 * Sealed responses as moving pictures, from one tablet's screen to another one's camera. Each response travels in two
 * frames of one length, in any order and as often as it takes; a response is whole when its hash says so, and then it is
 * taken at once: whoever stops in the middle keeps what came through.
 *
 * A frame: "IT" ‖ version 1 ‖ campaign id 16 ‖ responses in all, 2 ‖ first 8 bytes of the response's SHA-256 ‖ part 1 ‖ half of the response.
 */
const HEAD = concat(utf8('IT'), Uint8Array.of(1))
const TAG_BYTES = 8
const PARTS = 2
const FIELDS = {
  input: SIZES.ticketInput,
  sig: SIZES.signature,
  enc: SIZES.encapsulatedKey,
  ct: PADDED_SIZE + SIZES.tag,
} as const satisfies Record<keyof BoxItem, number>
const ITEM_BYTES = Object.values(FIELDS).reduce((sum, size) => sum + size, 0)
const PART_BYTES = ITEM_BYTES / PARTS
const CID_AT = HEAD.length
const COUNT_AT = CID_AT + SIZES.campaignId
const TAG_AT = COUNT_AT + 2
const PART_AT = TAG_AT + TAG_BYTES
const DATA_AT = PART_AT + 1

/** Bytes of every frame: a QR of 97 × 97 modules (version 20, correction L), which a tablet's camera reads from a tablet's screen. */
export const FRAME_BYTES = DATA_AT + PART_BYTES
export const FRAME_QR_VERSION = 20

/** The frames of a campaign's waiting responses, two each. Throws when there are more than 65,535. */
export async function framesOf(cid: string, items: readonly BoxItem[]): Promise<Bytes[]> {
  if (items.length > 0xff_ff) throw new RangeError('too many responses for one series of pictures')
  const campaign = bytesOf(cid, SIZES.campaignId)
  const count = Uint8Array.of(items.length >> 8, items.length & 0xff)
  const frames = items.map(async (item) => {
    const { input, sig, enc, ct } = FIELDS
    const bytes = concat(
      bytesOf(item.input, input),
      bytesOf(item.sig, sig),
      bytesOf(item.enc, enc),
      bytesOf(item.ct, ct),
    )
    const tag = (await sha256(bytes)).slice(0, TAG_BYTES)
    return Array.from({ length: PARTS }, (_, part) => {
      const data = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)
      return concat(HEAD, campaign, count, tag, Uint8Array.of(part), data)
    })
  })
  return (await Promise.all(frames)).flat()
}

/** A response that came through whole. */
export interface FramedItem {
  readonly cid: string
  readonly item: BoxItem
}

/** Puts frames together again. Anything that is not a frame of ours is passed over: a camera sees all sorts of things. */
export class FrameReader {
  readonly #halves = new Map<string, Map<number, Bytes>>()
  readonly #whole = new Set<string>()
  readonly #counts = new Map<string, number>()

  /** Responses that came through, and how many there are as far as the frames have said. */
  get progress(): { readonly got: number; readonly of: number } {
    return { got: this.#whole.size, of: [...this.#counts.values()].reduce((sum, count) => sum + count, 0) }
  }

  /** Whether a frame of a campaign was seen and all its responses are here. */
  get isComplete(): boolean {
    const { got, of } = this.progress
    return of > 0 && got >= of
  }

  /** Takes one frame; answers the response it completed, or null. */
  async add(frame: Uint8Array): Promise<FramedItem | null> {
    if (frame.length !== FRAME_BYTES || HEAD.some((byte, index) => frame[index] !== byte)) return null
    const cid = toBase64Url(frame.slice(CID_AT, COUNT_AT))
    const tag = frame.slice(TAG_AT, PART_AT)
    const key = `${cid} ${toBase64Url(tag)}`
    const part = frame[PART_AT] ?? 0
    this.#counts.set(cid, ((frame[COUNT_AT] ?? 0) << 8) | (frame[COUNT_AT + 1] ?? 0))
    if (part >= PARTS || this.#whole.has(key)) return null
    const halves = this.#halves.get(key) ?? new Map<number, Bytes>()
    this.#halves.set(key, halves.set(part, frame.slice(DATA_AT)))
    if (halves.size < PARTS) return null
    const bytes = concat(...Array.from({ length: PARTS }, (_, index) => halves.get(index) ?? new Uint8Array()))
    this.#halves.delete(key)
    // a camera's misreading, or somebody's own picture: begin again with this one
    if (toBase64Url((await sha256(bytes)).slice(0, TAG_BYTES)) !== toBase64Url(tag)) return null
    this.#whole.add(key)
    return { cid, item: itemOf(bytes) }
  }
}

function itemOf(bytes: Uint8Array): BoxItem {
  let at = 0
  const next = (size: number) => {
    at += size
    return toBase64Url(bytes.slice(at - size, at))
  }
  return { input: next(FIELDS.input), sig: next(FIELDS.sig), enc: next(FIELDS.enc), ct: next(FIELDS.ct) }
}

function bytesOf(text: string, length: number): Bytes {
  const bytes = fromBase64Url(text, length)
  if (!bytes) throw new RangeError('damaged response')
  return bytes
}
