import * as v from 'valibot'
import { type Bytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { parseJson } from './json.ts'
import { bytesText, type Described, isDescribed, whole } from './shapes.ts'
import { CODE_LENGTH, MAX_ITEMS, PADDED_SIZE, SIZES } from './sizes.ts'

/** Version of the messages below; answers carry it. */
export const PROTOCOL_VERSION = 2

const VERSION = v.literal(PROTOCOL_VERSION)

/** Why the collector does not do what was asked. Sent as `{v, error}`; the same words in code, wire and locales. */
export type Refusal =
  | 'bad-request'
  /** Not JSON: perhaps cut off on the way, so sending it again may help. */
  | 'body-unreadable'
  | 'body-too-large'
  | 'campaign-unknown'
  | 'campaign-closed'
  /** Before the days on which slips are exchanged: ask again then. */
  | 'issue-not-open'
  /** After them: this slip gives no ticket any more. */
  | 'issue-closed'
  /** Before the days on which responses are taken: deliver then. */
  | 'answers-not-open'
  /** Receipts and counts of slips come after closing. */
  | 'not-published'
  /** A tablet's link is good once; a revoked one gives nothing; a tablet's tickets are so many a day. */
  | 'enrolment-unknown'
  | 'enrolment-used'
  | 'tablet-unknown'
  | 'tablet-revoked'
  | 'quota-used'
  | 'code-unknown'
  | 'code-used'
  /** The poster's lane is switched off, or gave out all of a day's tickets. */
  | 'open-off'
  | 'open-full'
  | 'storage-full'
  | 'too-many-requests'
  | 'server-error'

/** Why one response of a delivery is refused for good. */
export const ITEM_REFUSALS = ['ticket-invalid', 'lane-unknown'] as const

export type ItemRefusal = (typeof ITEM_REFUSALS)[number]

/** Two messages to sign blindly, under the lane's two keys: for the ticket outside the seal, and for the one inside. */
export const BLINDED_PAIR = v.strictObject({ outer: bytesText(SIZES.blinded), inner: bytesText(SIZES.blinded) })

export type BlindedPair = Described<typeof BLINDED_PAIR>

/** The blind signatures of such a pair. */
export const SIGNED_PAIR = v.strictObject({ outer: bytesText(SIZES.signature), inner: bytesText(SIZES.signature) })

export type SignedPair = Described<typeof SIGNED_PAIR>

/** `POST /v2/issue`: exact lengths, no other members. */
export const ISSUE_REQUEST = v.strictObject({
  cid: bytesText(SIZES.campaignId),
  code: v.pipe(v.string(), v.length(CODE_LENGTH), v.regex(/^[0-9A-Z]*$/)),
  blinded: BLINDED_PAIR,
})

export type IssueRequest = Described<typeof ISSUE_REQUEST>

const ISSUE_ANSWER = v.strictObject({ v: VERSION, signed: SIGNED_PAIR })

/** One response as delivered, all base64url. */
export const BOX_ITEM = v.strictObject({
  input: bytesText(SIZES.ticketInput),
  sig: bytesText(SIZES.signature),
  enc: bytesText(SIZES.encapsulatedKey),
  ct: bytesText(PADDED_SIZE + SIZES.tag),
})

export type BoxItem = Described<typeof BOX_ITEM>

/** `POST /v2/box`: 1…16 items of one size. */
export const BOX_REQUEST = v.strictObject({
  cid: bytesText(SIZES.campaignId),
  items: v.pipe(v.array(BOX_ITEM), v.minLength(1), v.maxLength(MAX_ITEMS)),
})

export type BoxRequest = Described<typeof BOX_REQUEST>

const ITEM_RESULT = v.variant('s', [
  v.strictObject({ n: whole(0, MAX_ITEMS - 1), s: v.literal('kept') }),
  v.strictObject({ n: whole(0, MAX_ITEMS - 1), s: v.literal('refused'), why: v.picklist(ITEM_REFUSALS) }),
])

export type ItemResult = Described<typeof ITEM_RESULT>

const BOX_ANSWER = v.strictObject({ v: VERSION, results: v.array(ITEM_RESULT) })

export type BoxAnswer = Described<typeof BOX_ANSWER>

const REFUSAL_ANSWER = v.strictObject({ v: VERSION, error: v.string(), message: v.string() })

/** `GET /v2/campaigns`: what is open, for whoever types a code by hand. The number is a hint only: phones derive it themselves. */
const CAMPAIGN_LISTING = v.strictObject({
  v: VERSION,
  campaigns: v.array(
    v.strictObject({
      cid: bytesText(SIZES.campaignId),
      mh: bytesText(SIZES.manifestHash),
      checkNumber: v.pipe(v.string(), v.maxLength(20)),
    }),
  ),
})

export type CampaignListing = Described<typeof CAMPAIGN_LISTING>

/** The body of `POST /v2/issue`; always the same length. */
export function issueBody(cid: Uint8Array, code: string, blinded: BlindedPair): string {
  return JSON.stringify({ cid: toBase64Url(cid), code, blinded } satisfies IssueRequest)
}

/** The body of `POST /v2/box`; its length depends on the number of items only. */
export function boxBody(cid: string, items: readonly BoxItem[]): string {
  const bare = items.map(({ input, sig, enc, ct }) => ({ input, sig, enc, ct }))
  return JSON.stringify({ cid, items: bare } satisfies BoxRequest)
}

/** The blind signatures of an issuer's answer, or null when it is not one. */
export function readIssueAnswer(body: Uint8Array): { readonly outer: Bytes; readonly inner: Bytes } | null {
  const value = parseJson(body)
  return isDescribed(ISSUE_ANSWER, value) ? signedBytes(value.signed) : null
}

/** A pair of signatures as bytes. Null when one of them is damaged. */
export function signedBytes({ outer, inner }: SignedPair): { readonly outer: Bytes; readonly inner: Bytes } | null {
  const bytes = [fromBase64Url(outer, SIZES.signature), fromBase64Url(inner, SIZES.signature)] as const
  return bytes[0] && bytes[1] ? { outer: bytes[0], inner: bytes[1] } : null
}

/** The results of a delivery, in the order of its items, or null unless there is exactly one for each. */
export function readBoxAnswer(body: Uint8Array, itemCount: number): readonly ItemResult[] | null {
  const value = parseJson(body)
  if (!isDescribed(BOX_ANSWER, value) || value.results.length !== itemCount) return null
  const ordered = Array.from({ length: itemCount }, (_, n) => value.results.find((result) => result.n === n))
  return ordered.every((result) => result !== undefined) ? (ordered as ItemResult[]) : null
}

/** The refusal an error answer carries, or null when it is not one of ours. */
export function readRefusal(body: Uint8Array): string | null {
  const value = parseJson(body)
  return isDescribed(REFUSAL_ANSWER, value) ? value.error : null
}

/** An open campaign as the collector lists it. */
export interface ListedCampaign {
  readonly cid: Bytes
  readonly mh: Bytes
  readonly checkNumber: string
}

/** The open campaigns of a collector's answer, or null when it is not one. */
export function readCampaignListing(body: Uint8Array): ListedCampaign[] | null {
  const value = parseJson(body)
  if (!isDescribed(CAMPAIGN_LISTING, value)) return null
  return value.campaigns.flatMap(({ cid, mh, checkNumber }) => {
    const bytes = [fromBase64Url(cid, SIZES.campaignId), fromBase64Url(mh, SIZES.manifestHash)] as const
    return bytes[0] && bytes[1] ? [{ cid: bytes[0], mh: bytes[1], checkNumber }] : []
  })
}
