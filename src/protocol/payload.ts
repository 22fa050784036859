import * as v from 'valibot'
import { type Bytes, concat, utf8 } from './bytes.ts'
import { canonicalJson, parseJson } from './json.ts'
import { LANES } from './lane.ts'
import { pad, unpad } from './sealed-box.ts'
import { type Described, isDescribed } from './shapes.ts'
import { INNER_TICKET_BYTES, SIZES } from './sizes.ts'

const ID = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/))

const PAYLOAD = v.strictObject({
  v: v.literal(2),
  /** Questionnaire id. */
  form: ID,
  /** The lane, sealed too, so that it can be compared with where the response was found. */
  part: v.picklist(LANES),
  /** Codes of the chosen options by item id; opaque to the protocol. */
  answers: v.record(ID, v.pipe(v.number(), v.integer())),
  /** Opening questions with coarse answers, e.g. what a visitor came for. */
  coarse: v.record(ID, v.pipe(v.string(), v.maxLength(40))),
})

/** What is sealed beside the inner ticket: nothing else leaves the device. */
export type Payload = Described<typeof PAYLOAD>

/** The ticket inside the seal: message and signature. */
export interface InnerTicket {
  readonly input: Uint8Array
  readonly sig: Uint8Array
}

/** What an opened response says. */
export interface OpenedPayload {
  readonly payload: Payload
  readonly ticket: InnerTicket
}

/**
 * The bytes that are sealed: the inner ticket, then canonical JSON, padded to the campaign's one size.
 * Throws a RangeError when the answers do not fit, or the ticket has another length than every ticket has.
 */
export function encodePayload(payload: Payload, { input, sig }: InnerTicket, size: number): Bytes {
  if (input.length !== SIZES.ticketInput || sig.length !== SIZES.signature) throw new RangeError('no inner ticket')
  return concat(input, sig, pad(utf8(canonicalJson(payload)), size - INNER_TICKET_BYTES))
}

export type PayloadFault = 'bad-padding' | 'not-json' | 'wrong-shape'

/** Reads opened bytes. Never throws: whatever a stranger sealed is at worst a fault. */
export function decodePayload(padded: Uint8Array): OpenedPayload | PayloadFault {
  if (padded.length <= INNER_TICKET_BYTES) return 'bad-padding'
  const text = unpad(padded.subarray(INNER_TICKET_BYTES))
  if (!text) return 'bad-padding'
  const payload = parseJson(text)
  if (payload === undefined) return 'not-json'
  if (!isDescribed(PAYLOAD, payload)) return 'wrong-shape'
  const input = padded.slice(0, SIZES.ticketInput)
  return { payload, ticket: { input, sig: padded.slice(SIZES.ticketInput, INNER_TICKET_BYTES) } }
}
