import * as v from 'valibot'
import { type Bytes, concat, fromBase64Url, sha256, toBase64Url, utf8 } from './bytes.ts'
import { parseJson } from './json.ts'
import type { Lane } from './lane.ts'
import { BLINDED_PAIR, PROTOCOL_VERSION, SIGNED_PAIR, signedBytes } from './messages.ts'
import { bytesText, type Described, isDescribed, whole, words } from './shapes.ts'
import { SIZES } from './sizes.ts'

/** The lanes a tablet may collect in: visitors answer themselves, or an officer interviews. */
export const TABLET_LANES = ['eit-public', 'eit-survey'] as const satisfies readonly Lane[]

export type TabletLane = (typeof TABLET_LANES)[number]

/** Most places of a wallet one refill may ask for: two blinded messages each, and each costs the issuer a signature. */
export const MAX_REFILL = 16

/** Most tickets, and most codes, a tablet may be given a day. */
export const MOST_A_DAY = 2000

/** Characters of a service point's name on a tablet. */
const LONGEST_POINT = 200

/** Bytes of what a tablet and the issuer exchange. */
export const COUNTER_SIZES = { token: 16, tablet: 16, publicKey: 65, signature: 64 } as const

/** What an enrolment link says: which campaign, which manifest, and a token that is good once. */
export interface EnrolmentLink {
  readonly cid: Bytes
  readonly mh: Bytes
  readonly token: Bytes
}

/** The link an officer opens on the tablet, once. Everything is in the fragment. */
export function enrolmentLink(origin: string, { cid, mh, token }: EnrolmentLink): string {
  return `${origin}/counter#e.${toBase64Url(cid)}.${toBase64Url(token)}.${toBase64Url(mh)}`
}

/** Reads the fragment of an enrolment link; null when it is damaged. */
export function parseEnrolment(fragment: string): EnrolmentLink | null {
  const [kind, cidText, tokenText, mhText, ...rest] = fragment.replace(/^#/, '').split('.')
  if (kind !== 'e' || rest.length > 0) return null
  const cid = fromBase64Url(cidText, SIZES.campaignId)
  const token = fromBase64Url(tokenText, COUNTER_SIZES.token)
  const mh = fromBase64Url(mhText, SIZES.manifestHash)
  return cid && token && mh ? { cid, mh, token } : null
}

/** What the issuer stores instead of the token: SHA-256("ita/enrol/v2" ‖ cid ‖ token). */
export function enrolmentHash(cid: Uint8Array, token: Uint8Array): Promise<Bytes> {
  return sha256(concat(utf8('ita/enrol/v2'), cid, token))
}

const VERSION = v.literal(PROTOCOL_VERSION)
const CID = bytesText(SIZES.campaignId)
const TABLET = bytesText(COUNTER_SIZES.tablet)
/** The tablet's signature over the rest (ECDSA P-256, SHA-256, IEEE P1363). */
const SIG = bytesText(COUNTER_SIZES.signature)

/** `POST /v2/enrol`: a token that is good once, and the tablet's own P-256 public key, uncompressed. */
export const ENROL_REQUEST = v.strictObject({
  cid: CID,
  token: bytesText(COUNTER_SIZES.token),
  key: bytesText(COUNTER_SIZES.publicKey),
})

export type EnrolRequest = Described<typeof ENROL_REQUEST>

/** What the tablet is for; `quota` is tickets a day. */
const ENROLMENT = v.strictObject({
  tablet: TABLET,
  lane: v.picklist(TABLET_LANES),
  point: words(LONGEST_POINT),
  quota: whole(1, MOST_A_DAY),
})

export type Enrolment = Described<typeof ENROLMENT>

const ENROL_ANSWER = v.strictObject({ v: VERSION, enrolment: ENROLMENT })

/** `POST /v2/wallet`: pairs of blinded messages. */
export const REFILL_REQUEST = v.strictObject({
  cid: CID,
  tablet: TABLET,
  blinded: v.pipe(v.array(BLINDED_PAIR), v.minLength(1), v.maxLength(MAX_REFILL)),
  sig: SIG,
})

export type RefillRequest = Described<typeof REFILL_REQUEST>

const REFILL_ANSWER = v.strictObject({ v: VERSION, signed: v.array(SIGNED_PAIR) })

/** `POST /v2/codes`: hashes of codes the tablet made; each is good for one answer on a visitor's own phone, like a slip. */
export const CODES_REQUEST = v.strictObject({
  cid: CID,
  tablet: TABLET,
  hashes: v.pipe(v.array(bytesText(SIZES.codeHash)), v.minLength(1), v.maxLength(MAX_REFILL)),
  sig: SIG,
})

export type CodesRequest = Described<typeof CODES_REQUEST>

const CODES_ANSWER = v.strictObject({ v: VERSION, registered: whole(1, MAX_REFILL) })

/** The bytes a tablet signs to register codes. */
export function codesMessage({ cid, tablet, hashes }: Omit<CodesRequest, 'sig'>): Bytes {
  return utf8(`ita/codes/v2 ${cid} ${tablet} ${hashes.join(' ')}`)
}

/** `POST /v2/tablet`: a tablet's question whether it still has its place. */
export const STATE_REQUEST = v.strictObject({ cid: CID, tablet: TABLET, sig: SIG })

export type StateRequest = Described<typeof STATE_REQUEST>

const STATE_ANSWER = v.strictObject({ v: VERSION, revoked: v.boolean() })

/** The bytes a tablet signs to ask for its state. */
export function stateMessage({ cid, tablet }: Omit<StateRequest, 'sig'>): Bytes {
  return utf8(`ita/state/v2 ${cid} ${tablet}`)
}

/** Whether an issuer's answer says that the tablet was revoked; null when it says nothing. */
export function readRevoked(body: Uint8Array): boolean | null {
  const value = parseJson(body)
  return isDescribed(STATE_ANSWER, value) ? value.revoked : null
}

/** A number that grows by fives does not say when somebody answered. */
export const TOTALS_ROUND = 5

const TOTAL = v.pipe(whole(0, 1_000_000), v.multipleOf(TOTALS_ROUND))

/** `POST /v2/totals`: what a tablet tells of itself. Never of a single visitor: all numbers are rounded down to `TOTALS_ROUND`. */
export const TOTALS_REQUEST = v.strictObject({
  ...{ cid: CID, tablet: TABLET, collected: TOTAL, delivered: TOTAL },
  /** Visitors who never used the service, and so were asked nothing. */
  turnedAway: TOTAL,
  sig: SIG,
})

export type TotalsRequest = Described<typeof TOTALS_REQUEST>

/** The bytes a tablet signs to tell its totals. */
export function totalsMessage({ cid, tablet, collected, delivered, turnedAway }: Omit<TotalsRequest, 'sig'>): Bytes {
  return utf8(`ita/totals/v2 ${cid} ${tablet} ${collected} ${delivered} ${turnedAway}`)
}

/** The bytes a tablet signs to ask for tickets. */
export function refillMessage({ cid, tablet, blinded }: Omit<RefillRequest, 'sig'>): Bytes {
  const pairs = blinded.map(({ outer, inner }) => `${outer} ${inner}`)
  return utf8(`ita/refill/v2 ${cid} ${tablet} ${pairs.join(' ')}`)
}

/** The enrolment of an issuer's answer, or null when it is not one. */
export function readEnrolment(body: Uint8Array): Enrolment | null {
  const value = parseJson(body)
  return isDescribed(ENROL_ANSWER, value) ? value.enrolment : null
}

/** The blind signatures of a refill's answer, in its order, or null unless there is a pair for each. */
export function readRefill(body: Uint8Array, count: number): { readonly outer: Bytes; readonly inner: Bytes }[] | null {
  const value = parseJson(body)
  if (!isDescribed(REFILL_ANSWER, value) || value.signed.length !== count) return null
  const signed = value.signed.map(signedBytes)
  return signed.every((pair) => pair !== null) ? signed : null
}

/** Whether an issuer's answer says that the codes were registered. */
export function readCodesAnswer(body: Uint8Array, count: number): boolean {
  const value = parseJson(body)
  return isDescribed(CODES_ANSWER, value) && value.registered === count
}
