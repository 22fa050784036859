import { constants, type KeyObject, randomBytes, sign } from 'node:crypto'
import { toBase64Url } from '#protocol/bytes'
import type { BoxItem } from '#protocol/messages'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { prepareTicket } from '#protocol/ticket'

export const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 } as const

/** A delivery with a real ticket and random bytes for a response: the collector cannot tell them from another's. */
export async function makeItem(cid: Uint8Array, key: KeyObject): Promise<BoxItem> {
  const input = await prepareTicket('outer', cid, 'iit', new Uint8Array(randomBytes(SIZES.nonce)))
  // signed directly: the collector cannot tell a blind signature from another, and unblinding would take an hour
  const sig = await new Promise<Buffer>((resolve, reject) =>
    sign('sha384', input, { key, ...PSS }, (error, signature) => (error ? reject(error) : resolve(signature))),
  )
  const [enc, ct] = [randomBytes(SIZES.encapsulatedKey), randomBytes(PADDED_SIZE + SIZES.tag)]
  return { input: toBase64Url(input), sig: toBase64Url(sig), enc: toBase64Url(enc), ct: toBase64Url(ct) }
}
