import { type Bytes, concat, fromBase64Url, sha256, toBase64Url, utf8 } from './bytes.ts'
import type { BoxItem } from './messages.ts'
import { PADDED_SIZE, SIZES } from './sizes.ts'

/**
 * Sealed responses as moving pictures, from one tablet's screen to another one's camera. Each response travels in two
 * frames of one length, in any order and as often as it takes; a response is whole when its hash says so, and then it is
 * taken at once: whoever stops in the middle keeps what came through.
 *
 * A frame: "IT" ‖ version 2 ‖ series 4 ‖ responses of the series, 2 ‖ campaign id 16 ‖ first 8 bytes of the response's
 * SHA-256 ‖ part 1 ‖ half of the response. The series names exactly the responses that wait: when one of them is delivered
 * meanwhile it is another series, and what was read counts in it only when it is seen there again.
 */
const HEAD = concat(utf8('IT'), Uint8Array.of(2))
const SERIES_BYTES = 4
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
const SERIES_AT = HEAD.length
const COUNT_AT = SERIES_AT + SERIES_BYTES
const CID_AT = COUNT_AT + 2
const TAG_AT = CID_AT + SIZES.campaignId
const PART_AT = TAG_AT + TAG_BYTES
const DATA_AT = PART_AT + 1

/** Bytes of every frame: a QR of 109 × 109 modules (version 23, correction L), which a tablet's camera reads from a tablet's screen. */
export const FRAME_BYTES = DATA_AT + PART_BYTES
export const FRAME_QR_VERSION = 23

/** A response and the campaign it belongs to. */
export interface FramedItem {
  readonly cid: string
  readonly item: BoxItem
}

/** The frames of all responses that wait, two each. Throws when there are more than 65,535, or one is damaged. */
export async function framesOf(items: readonly FramedItem[]): Promise<Bytes[]> {
  if (items.length > 0xff_ff) throw new RangeError('too many responses for one series of pictures')
  const whole = await Promise.all(
    items.map(async ({ cid, item }) => {
      const bytes = bytesOfItem(item)
      return { campaign: bytesOf(cid, SIZES.campaignId), bytes, tag: await tagOf(bytes) }
    }),
  )
  const tags = whole.map(({ tag }) => toBase64Url(tag)).sort()
  const series = (await sha256(utf8(tags.join()))).slice(0, SERIES_BYTES)
  const head = concat(HEAD, series, Uint8Array.of(items.length >> 8, items.length & 0xff))
  return whole.flatMap(({ campaign, bytes, tag }) =>
    Array.from({ length: PARTS }, (_, part) => {
      const data = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)
      return concat(head, campaign, tag, Uint8Array.of(part), data)
    }),
  )
}

/** Puts frames together again. Anything that is not a frame of ours is passed over: a camera sees all sorts of things. */
export class FrameReader {
  readonly #halves = new Map<string, Map<number, Bytes>>()
  readonly #whole = new Set<string>()
  #series = { name: '', count: 0, seen: new Set<string>() }

  /** Responses of the series now shown that are here, and how many it has. */
  get progress(): { readonly got: number; readonly of: number } {
    return { got: this.#series.seen.size, of: this.#series.count }
  }

  /** Whether all of the series now shown are here. */
  get isComplete(): boolean {
    const { got, of } = this.progress
    return of > 0 && got >= of
  }

  /** Takes one frame; answers the response it completed, or null. */
  async add(frame: Uint8Array): Promise<FramedItem | null> {
    if (frame.length !== FRAME_BYTES || HEAD.some((byte, index) => frame[index] !== byte)) return null
    const part = frame[PART_AT] ?? PARTS
    if (part >= PARTS) return null
    const tag = toBase64Url(frame.slice(TAG_AT, PART_AT))
    this.#follow(frame)
    if (!this.#whole.has(tag)) return this.#complete(frame, part, tag)
    this.#series.seen.add(tag)
    return null
  }

  #follow(frame: Uint8Array): void {
    const name = toBase64Url(frame.slice(SERIES_AT, COUNT_AT))
    if (name === this.#series.name) return
    const count = ((frame[COUNT_AT] ?? 0) << 8) | (frame[COUNT_AT + 1] ?? 0)
    this.#series = { name, count, seen: new Set() }
  }

  async #complete(frame: Uint8Array, part: number, tag: string): Promise<FramedItem | null> {
    const halves = this.#halves.get(tag) ?? new Map<number, Bytes>()
    this.#halves.set(tag, halves.set(part, frame.slice(DATA_AT)))
    if (halves.size < PARTS) return null
    const bytes = concat(...Array.from({ length: PARTS }, (_, index) => halves.get(index) ?? new Uint8Array()))
    this.#halves.delete(tag)
    // a camera's misreading, or somebody's own picture: begin again with this one
    if (toBase64Url(await tagOf(bytes)) !== tag) return null
    this.#whole.add(tag)
    this.#series.seen.add(tag)
    return { cid: toBase64Url(frame.slice(CID_AT, TAG_AT)), item: itemOf(bytes) }
  }
}

async function tagOf(bytes: Uint8Array): Promise<Bytes> {
  return (await sha256(bytes)).slice(0, TAG_BYTES)
}

function bytesOfItem({ input, sig, enc, ct }: BoxItem): Bytes {
  return concat(
    bytesOf(input, FIELDS.input),
    bytesOf(sig, FIELDS.sig),
    bytesOf(enc, FIELDS.enc),
    bytesOf(ct, FIELDS.ct),
  )
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
