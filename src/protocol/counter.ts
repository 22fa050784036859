import { type Bytes, base64UrlLength, concat, fromBase64Url, sha256, toBase64Url, utf8 } from './bytes.ts'
import { isRecord, parseJson } from './json.ts'
import { isLane, type Lane } from './lane.ts'
import { SIZES } from './sizes.ts'

/** The lanes a tablet may collect in: visitors answer themselves, or an officer interviews. */
const TABLET_LANES = ['eit-public', 'eit-survey'] as const satisfies readonly Lane[]

export type TabletLane = (typeof TABLET_LANES)[number]

/** Most tickets one refill may ask for: 32 blinded messages fit well into a body. */
export const MAX_REFILL = 32

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

/** What the issuer stores instead of the token: SHA-256("ita/enrol/v1" ‖ cid ‖ token). */
export function enrolmentHash(cid: Uint8Array, token: Uint8Array): Promise<Bytes> {
  return sha256(concat(utf8('ita/enrol/v1'), cid, token))
}

export interface EnrolRequest {
  readonly cid: string
  readonly token: string
  /** P-256 public key of the tablet, uncompressed. */
  readonly key: string
}

/** What the tablet is for. */
export interface Enrolment {
  readonly tablet: string
  readonly lane: TabletLane
  readonly point: string
  /** Tickets a day. */
  readonly quota: number
}

export interface RefillRequest {
  readonly cid: string
  readonly tablet: string
  readonly blinded: readonly string[]
  /** The tablet's signature over the rest (ECDSA P-256, SHA-256, IEEE P1363). */
  readonly sig: string
}

export interface CodesRequest {
  readonly cid: string
  readonly tablet: string
  /** Hashes of codes the tablet made: each good for one answer on a visitor's own phone, like a slip. */
  readonly hashes: readonly string[]
  readonly sig: string
}

/** The bytes a tablet signs to register codes. */
export function codesMessage({ cid, tablet, hashes }: Omit<CodesRequest, 'sig'>): Bytes {
  return utf8(`ita/codes/v1 ${cid} ${tablet} ${hashes.join(' ')}`)
}

/** A tablet's question whether it still has its place. */
export type StateRequest = Pick<RefillRequest, 'cid' | 'tablet' | 'sig'>

/** The bytes a tablet signs to ask for its state. */
export function stateMessage({ cid, tablet }: Omit<StateRequest, 'sig'>): Bytes {
  return utf8(`ita/state/v1 ${cid} ${tablet}`)
}

/** Whether an issuer's answer says that the tablet was revoked; null when it says nothing. */
export function readRevoked(body: Uint8Array): boolean | null {
  const value = parseJson(body)
  return isRecord(value) && value.v === 1 && typeof value.revoked === 'boolean' ? value.revoked : null
}

/** What a tablet tells of itself: never of a single visitor, so both numbers are rounded down to `TOTALS_ROUND`. */
export interface TotalsRequest {
  readonly cid: string
  readonly tablet: string
  readonly collected: number
  readonly delivered: number
  readonly sig: string
}

/** A number that grows by fives does not say when somebody answered. */
export const TOTALS_ROUND = 5

/** The bytes a tablet signs to tell its totals. */
export function totalsMessage({ cid, tablet, collected, delivered }: Omit<TotalsRequest, 'sig'>): Bytes {
  return utf8(`ita/totals/v1 ${cid} ${tablet} ${collected} ${delivered}`)
}

/** The bytes a tablet signs to ask for tickets. */
export function refillMessage({ cid, tablet, blinded }: Omit<RefillRequest, 'sig'>): Bytes {
  return utf8(`ita/refill/v1 ${cid} ${tablet} ${blinded.join(' ')}`)
}

/** The enrolment of an issuer's answer, or null when it is not one. */
export function readEnrolment(body: Uint8Array): Enrolment | null {
  const value = parseJson(body)
  if (!isRecord(value) || value.v !== 1 || typeof value.point !== 'string') return null
  const { tablet, lane, point, quota } = value
  const right = fromBase64Url(tablet, COUNTER_SIZES.tablet) !== null && isLane(lane) && Number.isInteger(quota)
  return right && isTabletLane(lane) ? { tablet: String(tablet), lane, point, quota: Number(quota) } : null
}

/** The blind signatures of a refill's answer, in its order, or null unless there is one for each. */
export function readRefill(body: Uint8Array, count: number): Bytes[] | null {
  const value = parseJson(body)
  if (!isRecord(value) || value.v !== 1 || !Array.isArray(value.signatures)) return null
  const signatures = value.signatures.map((text: unknown) => fromBase64Url(text, SIZES.signature))
  return signatures.length === count && signatures.every((one) => one !== null) ? signatures : null
}

function isTabletLane(lane: unknown): lane is TabletLane {
  return TABLET_LANES.some((one) => one === lane)
}

/** Whether an issuer's answer says that the codes were registered. */
export function readCodesAnswer(body: Uint8Array, count: number): boolean {
  const value = parseJson(body)
  return isRecord(value) && value.v === 1 && value.registered === count
}

/** Base64url characters of the members above, for the collector's strict shapes. */
export const COUNTER_LENGTHS = {
  token: base64UrlLength(COUNTER_SIZES.token),
  tablet: base64UrlLength(COUNTER_SIZES.tablet),
  key: base64UrlLength(COUNTER_SIZES.publicKey),
  sig: base64UrlLength(COUNTER_SIZES.signature),
} as const
