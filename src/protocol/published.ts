import * as v from 'valibot'
import { parseJson } from './json.ts'
import { LANES, type Lane } from './lane.ts'
import { PROTOCOL_VERSION } from './messages.ts'
import { type Described, isDescribed, whole } from './shapes.ts'

const COUNT = whole(0, Number.MAX_SAFE_INTEGER)
const SHA256_HEX = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** What was found in a box at closing: rows, SHA-256 over all of them in the order of their keys, the log's head afterwards. */
const CLOSING = v.strictObject({ rows: COUNT, boxHash: SHA256_HEX, logHead: SHA256_HEX })

export type Closing = Described<typeof CLOSING>

/** One for every response that was counted, sorted. */
const RECEIPTS_OF_LANE = v.strictObject({
  count: COUNT,
  receipts: v.array(v.pipe(v.string(), v.regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/))),
})

/** `GET /v2/campaigns/:cid/receipts`, after closing. */
const RECEIPTS = v.strictObject({
  v: v.literal(PROTOCOL_VERSION),
  closing: CLOSING,
  lanes: v.record(v.picklist(LANES), RECEIPTS_OF_LANE),
})

export type Receipts = Described<typeof RECEIPTS>

/** Slips printed and exchanged, spare ones among those exchanged, tickets given to tablets at counters, and on request to whoever scanned the poster. */
const TICKET_COUNTS = v.strictObject({
  printed: COUNT,
  exchanged: COUNT,
  spare: COUNT,
  toTablets: COUNT,
  onRequest: COUNT,
})

export type TicketCounts = Described<typeof TICKET_COUNTS>

/** `GET /v2/campaigns/:cid/slips`, after closing. */
const SLIP_COUNTS = v.strictObject({
  v: v.literal(PROTOCOL_VERSION),
  lanes: v.record(v.picklist(LANES), TICKET_COUNTS),
})

/** The published receipts, or null when a body is none. */
export function readReceipts(body: Uint8Array): Receipts | null {
  const value = parseJson(body)
  return isDescribed(RECEIPTS, value) ? value : null
}

/** Where each lane's tickets came from, or null when a body does not say it. */
export function readSlipCounts(body: Uint8Array): Readonly<Partial<Record<Lane, TicketCounts>>> | null {
  const value = parseJson(body)
  return isDescribed(SLIP_COUNTS, value) ? value.lanes : null
}
