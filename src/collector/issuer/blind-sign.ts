import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto'

/** A lane's signing key, ready to sign: parsed once, and its public half beside it, so that nothing private is ever exported. */
export interface SigningKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly modulus: Buffer
}

/** A signing key from PKCS#8. Throws when it is none. */
export function readSigningKey(pkcs8: Buffer): SigningKey {
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  return { privateKey, publicKey, modulus: Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url') }
}

/**
 * RFC 9474 BlindSign: the raw RSA private operation, with OpenSSL's constant-time arithmetic.
 * Throws a RangeError on a message that is not `1 < m < n` in exactly the modulus' length: Node would accept
 * shorter buffers. The result is checked against the public key, because a fault while signing can leak the key.
 */
export function blindSign({ privateKey, publicKey, modulus }: SigningKey, blinded: Uint8Array): Uint8Array {
  if (blinded.length !== modulus.length || !isInRange(modulus, blinded)) throw new RangeError('not a blinded message')
  const padding = constants.RSA_NO_PADDING
  const signature = privateDecrypt({ key: privateKey, padding }, blinded)
  if (!publicEncrypt({ key: publicKey, padding }, signature).equals(blinded)) throw new Error('signing failure')
  return signature
}

function isInRange(modulus: Buffer, blinded: Uint8Array): boolean {
  const aboveOne = blinded.subarray(0, -1).some((byte) => byte !== 0) || (blinded.at(-1) ?? 0) > 1
  return aboveOne && Buffer.compare(blinded, modulus) < 0
}
