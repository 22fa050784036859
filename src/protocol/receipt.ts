/** Crockford base32, as on the slips. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The receipt number a person keeps: the first 40 bits of the nullifier, as eight characters, e.g. `7ZQ4-M0KD`. */
export function receiptOf(nullifier: Uint8Array): string {
  let bits = 0n
  for (const byte of nullifier.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte)
  const characters = Array.from({ length: 8 }, (_, index) =>
    ALPHABET.charAt(Number((bits >> BigInt(35 - 5 * index)) & 31n)),
  )
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`
}
