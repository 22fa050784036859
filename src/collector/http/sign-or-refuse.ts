import type { KeyObject } from 'node:crypto'
import { blindSign } from '../issuer/blind-sign.ts'
import { RefusalError } from './refusal.ts'

/** A blind signature; a message that cannot be signed is the request's fault and is refused as such. */
export function signOrRefuse(key: KeyObject, blinded: Uint8Array): Uint8Array {
  try {
    return blindSign(key, blinded)
  } catch (error) {
    if (error instanceof RangeError) throw new RefusalError(400, 'bad-request', 'not a blinded message')
    throw error
  }
}
