import * as v from 'valibot'
import { type Bytes, fromBase64Url, fromUtf8, sha256 } from './bytes.ts'
import { canonicalJson, parseJson } from './json.ts'
import { LANES, type Lane } from './lane.ts'
import { LANGUAGES } from './language.ts'
import { bytesText, DAY, type Described, isDescribed, whole, words } from './shapes.ts'
import { PADDED_SIZE, SIZES } from './sizes.ts'

/** More is no list that anybody reads to its end. */
export const MOST_PLACES = 100

/** Characters of a name, and of a short one. */
export const LONGEST_NAME = 200
const LONGEST_SHORT_NAME = 40

/** Most people of a lane, a unit, or responses a day. */
export const MOST_PEOPLE = 1_000_000

const NAME = words(LONGEST_NAME)

/** Id of a set of instruments: the fiscal year they were published for. */
export const YEAR_ID = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/))

/** RSA-3072: 3072 bits, not one less, and odd. The exponent is 65537. */
const MODULUS = v.pipe(bytesText(SIZES.signature), v.check(isModulus))

/** Whose instruments a round asks and is scored by: the id of their year, and the SHA-256 over its rules and questionnaires. */
const YEAR = v.strictObject({ id: YEAR_ID, hash: bytesText(32) })

/** Which questionnaire a lane asks: its id, and the SHA-256 of its canonical JSON. */
const FORM = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/)),
  hash: bytesText(32),
})

/**
 * One lane of a campaign. `issuerKey` signs the tickets that travel outside the seal, `innerKey` those that lie inside it;
 * two keys, so that neither can take the other's place. `eligible`: people who may answer, as the department counts them.
 */
const LANE = v.strictObject({
  form: FORM,
  issuerKey: MODULUS,
  innerKey: MODULUS,
  eligible: whole(0, MOST_PEOPLE),
})

/** Days from–to, ISO dates in Asia/Bangkok, both included. */
const WINDOW = v.pipe(
  v.strictObject({ from: DAY, to: DAY }),
  v.check(({ from, to }) => from <= to),
)

/** A department's name, written out and as people say it. */
const AGENCY_NAMES = v.strictObject({ full: NAME, short: words(LONGEST_SHORT_NAME) })

export const AGENCY = v.strictObject(v.entriesFromList(LANGUAGES, AGENCY_NAMES))

/** Whom to ask, and how: a person or an office, and a telephone number, a room or an address. */
export const ENQUIRIES = v.strictObject({ who: NAME, how: NAME })

/** Smallest group ever shown. */
export const THRESHOLDS = v.strictObject({ iit: whole(1, 1000), eit: whole(1, 1000) })

/** How slips reach people: drawn from an envelope, or sent to persons by name, which is weaker and said so everywhere. */
export const HANDOUT = v.picklist(['drawn', 'named'])

/** Into how many shares the box's private key was split, and how many of them open it. */
export const KEY_SHARES = v.pipe(
  v.strictObject({ shares: whole(2, 9), threshold: whole(2, 9) }),
  v.check(({ shares, threshold }) => threshold <= shares),
)

/** Part of the department; staff may say that they belong to it, sealed with their answers. Ids are `u1`, `u2`, … in order. */
const UNIT = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^u\d{1,3}$/)),
  name: NAME,
  eligible: whole(0, MOST_PEOPLE),
})

/** Somewhere visitors are served; tablets put its id into what they seal. Ids are `p1`, `p2`, … in order. */
const POINT = v.strictObject({ id: v.pipe(v.string(), v.regex(/^p\d{1,3}$/)), name: NAME })

/** Each has its place as its id, and a name of its own. */
const UNITS = v.pipe(
  v.array(UNIT),
  v.minLength(1),
  v.maxLength(MOST_PLACES),
  v.check((places) => areInOrder(places)),
)
const POINTS = v.pipe(
  v.array(POINT),
  v.minLength(1),
  v.maxLength(MOST_PLACES),
  v.check((places) => areInOrder(places)),
)

const MANIFEST = v.pipe(
  v.strictObject({
    v: v.literal(2),
    /** Campaign id, 16 bytes. */
    cid: bytesText(SIZES.campaignId),
    /** Buddhist Era, e.g. 2569. */
    fiscalYear: whole(2500, 2700),
    agency: AGENCY,
    /** SHA-256 of the emblem's PNG, which is served beside the manifest; absent where there is none. */
    emblem: v.exactOptional(bytesText(32)),
    enquiries: ENQUIRIES,
    instruments: YEAR,
    lanes: v.pipe(
      v.strictObject({
        iit: v.exactOptional(LANE),
        'eit-public': v.exactOptional(LANE),
        'eit-survey': v.exactOptional(LANE),
        'eit-open': v.exactOptional(LANE),
      } satisfies Record<Lane, unknown>),
      v.check((lanes) => Object.keys(lanes).length > 0),
      v.check((lanes) => areDifferentKeys(lanes)),
    ),
    /** P-256 public key of the box, uncompressed. */
    boxKey: bytesText(SIZES.boxPublicKey),
    issueWindow: WINDOW,
    answerWindow: WINDOW,
    /** The day on which the box is closed; deliveries are taken until then, also after the answer window. */
    closesOn: DAY,
    /** Padded size of every response, bytes. One size for all campaigns. */
    size: v.literal(PADDED_SIZE),
    k: THRESHOLDS,
    handout: HANDOUT,
    /** Absent in demonstrations, whose one key file opens the box alone. */
    keyShares: v.exactOptional(KEY_SHARES),
    /** Absent where staff are not asked for their unit. */
    units: v.exactOptional(UNITS),
    /** Absent where results are not broken down by service point. */
    points: v.exactOptional(POINTS),
  }),
  v.check(({ closesOn, answerWindow }) => closesOn >= answerWindow.to),
  v.check((manifest) => areApart(manifest)),
)

/** What everyone in a campaign can see and must see alike; immutable once the campaign is open. */
export type Manifest = Described<typeof MANIFEST>
export type ManifestLane = Described<typeof LANE>
export type ManifestForm = Described<typeof FORM>
export type ManifestYear = Described<typeof YEAR>
export type Window = Described<typeof WINDOW>
export type Agency = Described<typeof AGENCY>
export type Enquiries = Described<typeof ENQUIRIES>
export type Handout = Described<typeof HANDOUT>
export type KeyShares = Described<typeof KEY_SHARES>
export type Unit = Described<typeof UNIT>
export type ServicePoint = Described<typeof POINT>

/** A manifest with the values that everyone compares. */
export interface Campaign {
  readonly manifest: Manifest
  readonly cid: Bytes
  /** First 16 bytes of the manifest's SHA-256. */
  readonly mh: Bytes
}

/** Reads the manifest bytes of a collector. Null when they are not a manifest in canonical form, or its box key is no key. */
export async function readCampaign(bytes: Uint8Array): Promise<Campaign | null> {
  const value = parseJson(bytes)
  if (!isDescribed(MANIFEST, value) || canonicalJson(value) !== fromUtf8(bytes)) return null
  const cid = fromBase64Url(value.cid, SIZES.campaignId)
  if (!cid || !(await isBoxKey(value.boxKey))) return null
  return { manifest: value, cid, mh: (await sha256(bytes)).slice(0, SIZES.manifestHash) }
}

/** Whether a text is a public key that something can be sealed to: a point on the curve, base64url. */
export async function isBoxKey(text: string): Promise<boolean> {
  const point = fromBase64Url(text, SIZES.boxPublicKey)
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' }
  return point !== null && crypto.subtle.importKey('raw', point, algorithm, false, []).then(yes, no)
}

/** How the box's key is split; a demonstration's is whole. */
export function keySharesOf({ keyShares }: Manifest): KeyShares {
  return keyShares ?? { shares: 1, threshold: 1 }
}

/** Whether one person alone can open the box: nothing that is answered here is a secret. */
export function isDemonstration(manifest: Manifest): boolean {
  return keySharesOf(manifest).threshold < 2
}

/** Whether two campaigns measure the same year: two of them open in one installation at once is nothing anybody needs. */
export function isTwin(one: Manifest, other: Manifest): boolean {
  return one.cid !== other.cid && one.fiscalYear === other.fiscalYear
}

/** The lanes a campaign uses. */
export function lanesOf(manifest: Manifest): Lane[] {
  return LANES.filter((lane) => manifest.lanes[lane] !== undefined)
}

interface HandoutInTime {
  readonly handout: Handout
  readonly issueWindow: Window
  readonly answerWindow: Window
}

/**
 * Named slips and answers must not meet in time: whoever sends a code to a person knows when it is exchanged, and an answer
 * that follows at once would be that person's. Phones refuse such a manifest themselves.
 */
function areApart({ handout, issueWindow, answerWindow }: HandoutInTime): boolean {
  return handout === 'drawn' || issueWindow.to < answerWindow.from
}

/** With one key for two purposes a code would give two votes, or a ticket fit into another lane. */
function areDifferentKeys(lanes: Readonly<Partial<Record<Lane, ManifestLane>>>): boolean {
  const keys = LANES.flatMap((lane) => {
    const entry = lanes[lane]
    return entry ? [entry.issuerKey, entry.innerKey] : []
  })
  return new Set(keys).size === keys.length
}

function areInOrder(places: readonly { readonly id: string; readonly name: string }[]): boolean {
  return (
    places.every(({ id }, at) => id.slice(1) === `${at + 1}`) &&
    new Set(places.map(({ name }) => name)).size === places.length
  )
}

function isModulus(text: string): boolean {
  const bytes = fromBase64Url(text, SIZES.signature)
  return bytes !== null && (bytes[0] ?? 0) >= 0x80 && ((bytes[bytes.length - 1] ?? 0) & 1) === 1
}

function yes(): boolean {
  return true
}

function no(): boolean {
  return false
}
