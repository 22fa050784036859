import { constants, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { IssuerStore } from '#collector/issuer/issuer-store'
import type { LaneSigningKeys } from '#collector/issuer/signing-keys'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { type BoxItem, boxBody } from '#protocol/messages'
import { encodePayload } from '#protocol/payload'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { nullifierOf, prepareTicket, type TicketKind } from '#protocol/ticket'

/** A ticket signed straight with an issuing key: what a phone holds in the end, without 60 ms of blinding. */
export async function directTicket(
  kind: TicketKind,
  { cid }: Pick<Campaign, 'cid'>,
  lane: Lane,
  keys: LaneSigningKeys,
): Promise<{ input: Uint8Array; sig: Uint8Array }> {
  const input = await prepareTicket(kind, cid, lane, new Uint8Array(randomBytes(SIZES.nonce)))
  return { input, sig: signTicket(keys[kind].privateKey, input) }
}

/** One of the many valid signatures of a message: each has its own salt. */
export function signTicket(key: KeyObject, input: Uint8Array): Uint8Array {
  return sign('sha384', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 })
}

/** Answers sealed to the box with a ticket, as delivered. */
export async function directItem(
  campaign: Campaign,
  lane: Lane,
  keys: LaneSigningKeys,
  answers: Readonly<Record<string, number>>,
): Promise<BoxItem> {
  const { manifest, cid, mh } = campaign
  const { input, sig } = await directTicket('outer', campaign, lane, keys)
  const inner = await directTicket('inner', campaign, lane, keys)
  const form = manifest.lanes[lane]?.form.id ?? ''
  const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
  const padded = encodePayload({ v: 2, form, part: lane, answers, coarse: {} }, inner, manifest.size)
  const { enc, ct } = await seal(boxKey, { cid, mh }, padded)
  return { input: toBase64Url(input), sig: toBase64Url(sig), enc: toBase64Url(enc), ct: toBase64Url(ct) }
}

/** Delivers items in one request, in this process. */
export async function deliverItems(app: FastifyInstance, campaign: Campaign, items: readonly BoxItem[]) {
  const headers = { 'content-type': 'application/json' }
  return app.inject({ method: 'POST', url: '/v2/box', headers, payload: boxBody(campaign.manifest.cid, items) })
}

/** A response as it lies in the box, and the name of its ticket. */
export interface Delivered {
  readonly sealed: Buffer
  readonly nf: Buffer
}

/** Delivers staff responses one after the other, and answers them in that order. */
export async function deliverInOrder(
  { app, campaign, stores }: { app: FastifyInstance; campaign: Campaign; stores: { issuer: IssuerStore } },
  all: readonly Readonly<Record<string, number>>[],
): Promise<Delivered[]> {
  const keys = await stores.issuer.keys.of(campaign.cid, 'iit')
  if (!keys) throw new Error('no keys')
  const delivered: Delivered[] = []
  for (const answers of all) {
    const item = await directItem(campaign, 'iit', keys, answers)
    const reply = await deliverItems(app, campaign, [item])
    if (reply.json().results?.[0]?.s !== 'kept') throw new Error(`not kept: ${reply.body}`)
    const [input, enc, ct] = [item.input, item.enc, item.ct].map((text) => Buffer.from(text, 'base64url'))
    const nf = Buffer.from(await nullifierOf(new Uint8Array(input as Buffer)))
    delivered.push({ sealed: Buffer.concat([enc as Buffer, ct as Buffer]), nf })
  }
  return delivered
}
