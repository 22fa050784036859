import type { BlindRSA } from '@cloudflare/blindrsa-ts'
import { type Bytes, concat, sha256, utf8 } from './bytes.ts'
import { LANES, type Lane, laneNumber } from './lane.ts'
import { SIZES } from './sizes.ts'

let loaded: BlindRSA | undefined

/**
 * RSABSSA-SHA384-PSS-Randomized (RFC 9474), loaded when first needed: the first screen can do without it. A phone calls
 * this before it says that it is ready; from then on nothing is loaded any more. Rejects without a network.
 */
export async function loadBlindSignatures(): Promise<BlindRSA> {
  loaded ??= (await import('@cloudflare/blindrsa-ts')).RSABSSA.SHA384.PSS.Randomized()
  return loaded
}

const TICKET_LABEL = utf8('ita-ticket-v1\0')
const LANE_OFFSET = 32 + TICKET_LABEL.length + SIZES.campaignId

/** The message a ticket signs: RFC 9474 prefix ‖ label ‖ cid ‖ lane ‖ nonce. The lane tells the box which key to check with. */
export async function prepareTicket(cid: Uint8Array, lane: Lane, nonce: Uint8Array): Promise<Bytes> {
  if (nonce.length !== SIZES.nonce) throw new RangeError('a ticket needs a nonce of 32 bytes')
  const suite = await loadBlindSignatures()
  return suite.prepare(concat(TICKET_LABEL, cid, Uint8Array.of(laneNumber(lane)), nonce)) as Bytes
}

/** The lane a ticket claims, or null when the message is not a ticket of this campaign. */
export function ticketLane(cid: Uint8Array, input: Uint8Array): Lane | null {
  if (input.length !== SIZES.ticketInput) return null
  const expected = concat(TICKET_LABEL, cid)
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

/** Whether a signature is the issuer's under this message. */
export async function verifyTicket(issuerKey: string, input: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const suite = await loadBlindSignatures()
  return suite.verify(await importIssuerKey(issuerKey), signature, input)
}

/**
 * The name under which a ticket is spent: SHA-256("ita/nf/v1" ‖ input). From the message, never from the
 * signature: a second valid encoding of a signature must not vote twice.
 */
export function nullifierOf(input: Uint8Array): Promise<Bytes> {
  return sha256(concat(utf8('ita/nf/v1'), input))
}

function importIssuerKey(modulus: string): Promise<CryptoKey> {
  const jwk = { kty: 'RSA', n: modulus, e: 'AQAB', alg: 'PS384', ext: true }
  return crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify'])
}
