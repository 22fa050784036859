import { constants, randomBytes, sign } from 'node:crypto'
import type { LaneSigningKeys } from '#collector/issuer/signing-keys'
import type { Campaign } from '#protocol/manifest'
import type { InnerTicket } from '#protocol/payload'
import { SIZES } from '#protocol/sizes'
import { prepareTicket } from '#protocol/ticket'

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 } as const

/** An inner ticket of the staff lane, signed directly: blinding and unblinding would take an hour. */
export async function innerTicket(
  { cid }: Pick<Campaign, 'cid'>,
  { inner }: Pick<LaneSigningKeys, 'inner'>,
): Promise<InnerTicket> {
  const input = await prepareTicket('inner', cid, 'iit', new Uint8Array(randomBytes(SIZES.nonce)))
  const sig = await new Promise<Buffer>((resolve, reject) =>
    sign('sha384', input, { key: inner.privateKey, ...PSS }, (error, made) => (error ? reject(error) : resolve(made))),
  )
  return { input, sig }
}
