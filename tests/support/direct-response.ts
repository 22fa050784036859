import { constants, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { type BoxItem, boxBody } from '#protocol/messages'
import { encodePayload } from '#protocol/payload'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { prepareTicket } from '#protocol/ticket'

/** A ticket signed straight with the issuing key: what a phone holds in the end, without 60 ms of blinding. */
async function directTicket(
  campaign: Campaign,
  lane: Lane,
  key: KeyObject,
): Promise<{ input: Uint8Array; sig: Uint8Array }> {
  const input = await prepareTicket(campaign.cid, lane, new Uint8Array(randomBytes(SIZES.nonce)))
  return { input, sig: signTicket(key, input) }
}

/** One of the many valid signatures of a message: each has its own salt. */
export function signTicket(key: KeyObject, input: Uint8Array): Uint8Array {
  return sign('sha384', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 })
}

/** Answers sealed to the box with a ticket, as delivered. */
export async function directItem(
  campaign: Campaign,
  lane: Lane,
  key: KeyObject,
  answers: Readonly<Record<string, number>>,
): Promise<BoxItem> {
  const { manifest, cid, mh } = campaign
  const { input, sig } = await directTicket(campaign, lane, key)
  const form = manifest.lanes[lane]?.form ?? ''
  const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
  const padded = encodePayload({ v: 1, form, part: lane, answers, coarse: {} }, manifest.size)
  const { enc, ct } = await seal(boxKey, { cid, mh }, padded)
  return { input: toBase64Url(input), sig: toBase64Url(sig), enc: toBase64Url(enc), ct: toBase64Url(ct) }
}

/** Delivers items in one request, in this process. */
export async function deliverItems(app: FastifyInstance, campaign: Campaign, items: readonly BoxItem[]) {
  const headers = { 'content-type': 'application/json' }
  return app.inject({ method: 'POST', url: '/v1/box', headers, payload: boxBody(campaign.manifest.cid, items) })
}
