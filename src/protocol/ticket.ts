import type { BlindRSA } from '@cloudflare/blindrsa-ts'
import { type Bytes, concat, sha256, utf8 } from './bytes.ts'
import { LANES, type Lane, laneNumber } from './lane.ts'
import { type BigNumbers, calculateWithBigInt } from './modular.ts'
import { SIZES } from './sizes.ts'

let loaded: BlindRSA | undefined

/**
 * RSABSSA-SHA384-PSS-Randomized (RFC 9474), loaded when first needed: the first screen can do without it. A phone calls
 * this before it says that it is ready; from then on nothing is loaded any more. Rejects without a network.
 */
export async function loadBlindSignatures(): Promise<BlindRSA> {
  if (!loaded) {
    const [{ RSABSSA }, numbers] = await Promise.all([
      import('@cloudflare/blindrsa-ts'),
      // its types say that it exports what it exports by default
      import('@cloudflare/blindrsa-ts/lib/src/sjcl/index.js') as Promise<unknown>,
    ])
    calculateWithBigInt((numbers as { default: BigNumbers }).default)
    loaded = RSABSSA.SHA384.PSS.Randomized()
  }
  return loaded
}

/**
 * Every code and every place in a wallet brings two tickets. The outer one travels with the sealed bytes and is spent at the
 * box; the inner one lies inside the seal, where nobody sees it before the opening, and proves there that the answers around
 * it came from somebody who had a code. Both are blind: nothing links the two, nor either of them to its code.
 */
export const TICKET_KINDS = ['outer', 'inner'] as const

export type TicketKind = (typeof TICKET_KINDS)[number]

/** Of one length, so that a message has the same size whichever it is. */
const LABELS = { outer: utf8('ita-ticket-v2\0'), inner: utf8('ita-inside-v2\0') } as const satisfies Record<
  TicketKind,
  Bytes
>
const LANE_OFFSET = 32 + LABELS.outer.length + SIZES.campaignId

/** The message a ticket signs: RFC 9474 prefix ‖ label ‖ cid ‖ lane ‖ nonce. The lane tells the box which key to check with. */
export async function prepareTicket(kind: TicketKind, cid: Uint8Array, lane: Lane, nonce: Uint8Array): Promise<Bytes> {
  if (nonce.length !== SIZES.nonce) throw new RangeError('a ticket needs a nonce of 32 bytes')
  const suite = await loadBlindSignatures()
  return suite.prepare(concat(LABELS[kind], cid, Uint8Array.of(laneNumber(lane)), nonce)) as Bytes
}

/** The lane a ticket claims, or null when the message is not a ticket of this kind and campaign. */
export function ticketLane(kind: TicketKind, cid: Uint8Array, input: Uint8Array): Lane | null {
  if (input.length !== SIZES.ticketInput) return null
  const expected = concat(LABELS[kind], cid)
  if (!expected.every((byte, index) => byte === input[32 + index])) return null
  return LANES[input[LANE_OFFSET] ?? LANES.length] ?? null
}

/** A blinded message and the factor that removes the blinding again. */
export interface Blinding {
  readonly blinded: Bytes
  readonly inv: Bytes
}

/** Blinds a prepared message for an issuing key (modulus, base64url). The issuer sees only `blinded`. */
export async function blindTicket(issuerKey: string, input: Uint8Array): Promise<Blinding> {
  const suite = await loadBlindSignatures()
  const { blindedMsg, inv } = await suite.blind(await importIssuerKey(issuerKey), input)
  return { blinded: blindedMsg as Bytes, inv: inv as Bytes }
}

/** Removes the blinding from the issuer's answer and checks it. Throws when it is not a signature of this message. */
export async function finalizeTicket(
  issuerKey: string,
  input: Uint8Array,
  blindSignature: Uint8Array,
  inv: Uint8Array,
): Promise<Bytes> {
  const suite = await loadBlindSignatures()
  return (await suite.finalize(await importIssuerKey(issuerKey), input, blindSignature, inv)) as Bytes
}

/** Whether signatures are the issuer's under their messages. The key is imported once for all of them. */
export async function makeTicketVerifier(
  issuerKey: string,
): Promise<(input: Uint8Array, signature: Uint8Array) => Promise<boolean>> {
  const key = await importIssuerKey(issuerKey)
  const algorithm = { name: 'RSA-PSS', saltLength: 48 }
  return (input, signature) => crypto.subtle.verify(algorithm, key, signature as Bytes, input as Bytes)
}

/**
 * The name under which a ticket is spent: SHA-256("ita/nf/v2" ‖ input). From the message, never from the
 * signature: a second valid encoding of a signature must not vote twice.
 */
export function nullifierOf(input: Uint8Array): Promise<Bytes> {
  return sha256(concat(utf8('ita/nf/v2'), input))
}

function importIssuerKey(modulus: string): Promise<CryptoKey> {
  const jwk = { kty: 'RSA', n: modulus, e: 'AQAB', alg: 'PS384', ext: true }
  return crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify'])
}
