import { type Bytes, base64UrlLength, fromBase64Url, fromUtf8, sha256 } from './bytes.ts'
import { canonicalJson, isRecord, parseJson } from './json.ts'
import { isLane, LANES, type Lane } from './lane.ts'
import { SIZES } from './sizes.ts'

/** One lane of a campaign: its questionnaire and its issuing key. */
export interface ManifestLane {
  /** Questionnaire id, e.g. `iit-2566`. */
  readonly form: string
  /** Modulus of the RSA-3072 issuing key, base64url; the exponent is 65537. */
  readonly issuerKey: string
  /** People who may answer, as the department counts them. */
  readonly eligible: number
}

/** Days from–to, ISO dates in Asia/Bangkok, both included. */
export interface Window {
  readonly from: string
  readonly to: string
}

/** How slips reach people: drawn from an envelope, or sent to persons by name, which is weaker and said so everywhere. */
export type Handout = 'drawn' | 'named'

/** Into how many shares the box's private key was split, and how many of them open it. */
export interface KeyShares {
  readonly shares: number
  readonly threshold: number
}

/** Somewhere visitors are served; tablets put its id into what they seal. */
export interface ServicePoint {
  /** `p1`, `p2`, … */
  readonly id: string
  readonly name: string
}

/** Part of the department; staff may say that they belong to it, sealed with their answers. */
export interface Unit {
  /** `u1`, `u2`, … */
  readonly id: string
  readonly name: string
  /** People in it who may answer. */
  readonly eligible: number
}

/** What everyone in a campaign can see and must see alike; immutable once the campaign is open. */
export interface Manifest {
  readonly v: 1
  /** Campaign id, 16 bytes base64url. */
  readonly cid: string
  readonly fiscalYear: number
  readonly agency: { readonly th: string; readonly en: string }
  readonly lanes: Readonly<Partial<Record<Lane, ManifestLane>>>
  /** SHA-256 of each questionnaire's canonical JSON, base64url, by questionnaire id. */
  readonly questionnaires: Readonly<Record<string, string>>
  /** P-256 public key of the box, uncompressed, base64url. */
  readonly boxKey: string
  readonly issueWindow: Window
  readonly answerWindow: Window
  /** Padded size of every response, bytes. */
  readonly size: number
  /** Smallest group ever shown. */
  readonly k: { readonly iit: number; readonly eit: number }
  readonly handout: Handout
  /** Absent in demonstrations, whose one key file opens the box alone. */
  readonly keyShares?: KeyShares
  /** Absent where staff are not asked for their unit. */
  readonly units?: readonly Unit[]
  /** Absent where results are not broken down by service point. */
  readonly points?: readonly ServicePoint[]
}

/** More is no question anybody reads through. */
export const MOST_PLACES = 100

/** A manifest with the values that everyone compares. */
export interface Campaign {
  readonly manifest: Manifest
  readonly cid: Bytes
  /** First 16 bytes of the manifest's SHA-256. */
  readonly mh: Bytes
}

/** Reads the manifest bytes of a collector. Null when they are not a manifest in canonical form. */
export async function readCampaign(bytes: Uint8Array): Promise<Campaign | null> {
  const value = parseJson(bytes)
  if (!isManifest(value)) return null
  const cid = fromBase64Url(value.cid, SIZES.campaignId)
  if (!cid || canonicalJson(value) !== fromUtf8(bytes)) return null
  return { manifest: value, cid, mh: (await sha256(bytes)).slice(0, SIZES.manifestHash) }
}

/** The eight digits on poster, slips and screens: 64 bits of the manifest hash, modulo 10⁸. */
export function checkNumber(mh: Uint8Array): string {
  const head = new DataView(mh.buffer, mh.byteOffset, 8).getBigUint64(0)
  return (head % 100_000_000n)
    .toString()
    .padStart(8, '0')
    .replace(/^(\d{4})/, '$1 ')
}

/** How the box's key is split; a demonstration's is whole. */
export function keySharesOf({ keyShares }: Manifest): KeyShares {
  return keyShares ?? { shares: 1, threshold: 1 }
}

/** Whether one person alone can open the box: nothing that is answered here is a secret. */
export function isDemonstration(manifest: Manifest): boolean {
  return keySharesOf(manifest).threshold < 2
}

/** The lanes a campaign uses. */
export function lanesOf(manifest: Manifest): Lane[] {
  return LANES.filter((lane) => manifest.lanes[lane] !== undefined)
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || value.v !== 1 || !isRecord(value.lanes) || !isRecord(value.questionnaires)) return false
  const lanes = Object.entries(value.lanes)
  const rightLanes = lanes.every(([lane, entry]) => isLane(lane) && isManifestLane(entry))
  const rightKey = fromBase64Url(value.boxKey, SIZES.boxPublicKey) !== null
  const rightSize = Number.isInteger(value.size) && isRecord(value.agency) && isRecord(value.k)
  const rightPlaces = arePlaces(value.units, 'u') && arePlaces(value.points, 'p')
  if (lanes.length === 0 || !rightLanes || !rightKey || !rightSize || !rightPlaces) return false
  return hasRightWindows(value) && hasRightShares(value)
}

/**
 * Named slips and answers must not meet in time (protocol.md, "Timing"): whoever sends a code to a person knows when it is
 * exchanged, and an answer that follows at once would be that person's. Phones refuse such a manifest themselves.
 */
function hasRightWindows({ issueWindow, answerWindow, handout }: Readonly<Record<string, unknown>>): boolean {
  if (!isWindow(issueWindow) || !isWindow(answerWindow)) return false
  return handout === 'drawn' || (handout === 'named' && issueWindow.to < answerWindow.from)
}

function hasRightShares({ keyShares }: Readonly<Record<string, unknown>>): boolean {
  if (keyShares === undefined) return true
  if (!isRecord(keyShares)) return false
  const { shares, threshold } = keyShares
  if (!Number.isInteger(shares) || !Number.isInteger(threshold)) return false
  return Number(threshold) >= 1 && Number(threshold) <= Number(shares)
}

/** Units (`u`) or service points (`p`), each with an id and a name of its own. */
function arePlaces(value: unknown, kind: 'u' | 'p'): boolean {
  if (value === undefined) return true
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_PLACES) return false
  const places = value.filter(isRecord)
  const right = places.every(
    ({ id, name, eligible }, at) =>
      id === `${kind}${at + 1}` &&
      typeof name === 'string' &&
      (kind === 'p' ? eligible === undefined : Number.isInteger(eligible)),
  )
  return right && places.length === value.length && new Set(places.map(({ name }) => name)).size === places.length
}

function isManifestLane(value: unknown): value is ManifestLane {
  if (!isRecord(value) || typeof value.form !== 'string' || typeof value.issuerKey !== 'string') return false
  return value.issuerKey.length === base64UrlLength(SIZES.signature) && Number.isInteger(value.eligible)
}

function isWindow(value: unknown): value is Window {
  if (!isRecord(value)) return false
  const { from, to } = value
  return isDay(from) && isDay(to) && from <= to
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
}
