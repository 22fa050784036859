import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'

/**
 * RFC 9474 BlindSign: the raw RSA private operation, with OpenSSL's constant-time arithmetic.
 * Throws a RangeError on a message that is not `1 < m < n` in exactly the modulus' length: Node would accept
 * shorter buffers. The result is checked against the public key, because a fault while signing can leak the key.
 */
export function blindSign(privateKey: KeyObject, blinded: Uint8Array): Uint8Array {
  const length = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  if (blinded.length !== length || !isInRange(privateKey, blinded)) throw new RangeError('not a blinded message')
  const options = { key: privateKey, padding: constants.RSA_NO_PADDING }
  const signature = privateDecrypt(options, blinded)
  if (!publicEncrypt(options, signature).equals(blinded)) throw new Error('signing failure')
  return signature
}

function isInRange(privateKey: KeyObject, blinded: Uint8Array): boolean {
  const modulus = Buffer.from(privateKey.export({ format: 'jwk' }).n ?? '', 'base64url')
  const aboveOne = blinded.subarray(0, -1).some((byte) => byte !== 0) || (blinded.at(-1) ?? 0) > 1
  return aboveOne && Buffer.compare(blinded, modulus) < 0
}
