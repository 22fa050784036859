import type { BlindedPair, SignedPair } from '#protocol/messages'
import { blindSign, type SigningKey } from '../issuer/blind-sign.ts'
import type { LaneSigningKeys } from '../issuer/signing-keys.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'

/** Blind signatures of a pair; messages that cannot be signed are the request's fault and are refused as such. */
export function signOrRefuse(keys: LaneSigningKeys, { outer, inner }: BlindedPair): SignedPair {
  return { outer: signOne(keys.outer, outer), inner: signOne(keys.inner, inner) }
}

function signOne(key: SigningKey, blinded: string): string {
  const message = exactBytes(blinded)
  try {
    return Buffer.from(blindSign(key, message)).toString('base64url')
  } catch (error) {
    if (error instanceof RangeError) throw new RefusalError(400, 'bad-request', 'not a blinded message')
    throw error
  }
}
