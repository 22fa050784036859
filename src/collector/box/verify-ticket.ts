import { constants, createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { concat, utf8 } from '#protocol/bytes'

/** An issuing key from its modulus (base64url). */
export function issuerPublicKey(modulus: string): KeyObject {
  return createPublicKey({ key: { kty: 'RSA', n: modulus, e: 'AQAB' }, format: 'jwk' })
}

/** Whether a ticket's signature is the issuer's (RSASSA-PSS, SHA-384, salt 48), checked on a thread of its own. */
export function verifyTicket(key: KeyObject, input: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
    verify('sha384', input, options, signature, (error, valid) => resolve(!error && valid))
  })
}

const NULLIFIER_LABEL = utf8('ita/nf/v2')

/** The same value as the protocol's `nullifierOf`, without a turn through WebCrypto's queue for each delivery. */
export function nullifierNow(input: Uint8Array): Uint8Array {
  return hash('sha256', concat(NULLIFIER_LABEL, input), 'buffer')
}
