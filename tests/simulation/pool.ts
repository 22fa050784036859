import { constants, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { IssuerStore } from '#collector/issuer/issuer-store'
import { type OutboxRecord, RECORD_VERSION } from '#device/store'
import { toBase64Url } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import { receiptOf } from '#protocol/receipt'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { nullifierOf, prepareTicket } from '#protocol/ticket'

/** Sealed responses with valid tickets, made once: every seed starts from an empty box, so they can be used again. */
export async function makePool(campaign: Campaign, issuer: IssuerStore, size: number): Promise<OutboxRecord[]> {
  const key = (await issuer.keys.of(campaign.cid, 'iit'))?.outer.privateKey
  if (!key) throw new Error('no signing key')
  return Promise.all(Array.from({ length: size }, (_, index) => makeRecord(campaign, key, `record-${index}`)))
}

async function makeRecord(campaign: Campaign, key: KeyObject, id: string): Promise<OutboxRecord> {
  const input = await prepareTicket('outer', campaign.cid, 'iit', new Uint8Array(randomBytes(SIZES.nonce)))
  const sig = sign('sha384', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 })
  const [enc, ct] = [randomBytes(SIZES.encapsulatedKey), randomBytes(PADDED_SIZE + SIZES.tag)]
  return {
    id,
    v: RECORD_VERSION,
    cid: campaign.manifest.cid,
    input: toBase64Url(input),
    sig: toBase64Url(sig),
    enc: toBase64Url(enc),
    ct: toBase64Url(ct),
    receipt: receiptOf(await nullifierOf(input)),
    state: 'waiting',
  }
}
