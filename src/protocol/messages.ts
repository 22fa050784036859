import { type Bytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { isRecord, parseJson } from './json.ts'
import { SIZES } from './sizes.ts'

/** Version of the messages below; answers carry it. */
export const PROTOCOL_VERSION = 1

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
export type ItemRefusal = 'ticket-invalid' | 'lane-unknown'

export interface IssueRequest {
  readonly cid: string
  readonly code: string
  readonly blinded: string
}

/** One response as delivered, all base64url. */
export interface BoxItem {
  readonly input: string
  readonly sig: string
  readonly enc: string
  readonly ct: string
}

export interface BoxRequest {
  readonly cid: string
  readonly items: readonly BoxItem[]
}

export type ItemResult =
  | { readonly n: number; readonly s: 'kept' }
  | { readonly n: number; readonly s: 'refused'; readonly why: ItemRefusal }

export interface BoxAnswer {
  readonly v: 1
  readonly results: readonly ItemResult[]
}

/** The body of `POST /v1/issue`; always the same length. */
export function issueBody(cid: Uint8Array, code: string, blinded: Uint8Array): string {
  return JSON.stringify({ cid: toBase64Url(cid), code, blinded: toBase64Url(blinded) } satisfies IssueRequest)
}

/** The body of `POST /v1/box`; its length depends on the number of items only. */
export function boxBody(cid: string, items: readonly BoxItem[]): string {
  const bare = items.map(({ input, sig, enc, ct }) => ({ input, sig, enc, ct }))
  return JSON.stringify({ cid, items: bare } satisfies BoxRequest)
}

/** The blind signature of an issuer's answer, or null when it is not one. */
export function readIssueAnswer(body: Uint8Array): Bytes | null {
  const value = parseJson(body)
  if (!isRecord(value) || value.v !== PROTOCOL_VERSION) return null
  return fromBase64Url(value.signature, SIZES.signature)
}

/** The results of a delivery, in the order of its items, or null unless there is exactly one for each (sync.md, rule 10). */
export function readBoxAnswer(body: Uint8Array, itemCount: number): readonly ItemResult[] | null {
  const value = parseJson(body)
  if (!isRecord(value) || value.v !== PROTOCOL_VERSION || !Array.isArray(value.results)) return null
  const results = value.results.filter(isItemResult)
  if (results.length !== itemCount || value.results.length !== itemCount) return null
  const ordered = Array.from({ length: itemCount }, (_, n) => results.find((result) => result.n === n))
  return ordered.every((result) => result !== undefined) ? (ordered as ItemResult[]) : null
}

/** The refusal an error answer carries, or null when it is not one of ours. */
export function readRefusal(body: Uint8Array): string | null {
  const value = parseJson(body)
  return isRecord(value) && value.v === PROTOCOL_VERSION && typeof value.error === 'string' ? value.error : null
}

function isItemResult(value: unknown): value is ItemResult {
  if (!isRecord(value) || !Number.isInteger(value.n)) return false
  return value.s === 'kept' || (value.s === 'refused' && typeof value.why === 'string')
}

/** The answer of `GET /v1/campaigns`: what is open, for whoever types a code by hand. */
export interface CampaignListing {
  readonly v: 1
  readonly campaigns: readonly { readonly cid: string; readonly mh: string }[]
}

/** The open campaigns of a collector's answer, or null when it is not one. */
export function readCampaignListing(body: Uint8Array): { readonly cid: Bytes; readonly mh: Bytes }[] | null {
  const value = parseJson(body)
  if (!isRecord(value) || value.v !== PROTOCOL_VERSION || !Array.isArray(value.campaigns)) return null
  const campaigns = value.campaigns.map((one: unknown) => {
    const [cid, mh] = isRecord(one)
      ? [fromBase64Url(one.cid, SIZES.campaignId), fromBase64Url(one.mh, SIZES.manifestHash)]
      : [null, null]
    return cid && mh ? { cid, mh } : null
  })
  return campaigns.every((one) => one !== null) ? campaigns : null
}
