import { base64UrlLength } from './bytes.ts'

/** Bytes of everything that travels. One size each, so that size tells nothing (protocol.md, "Messages"). */
export const SIZES = {
  campaignId: 16,
  manifestHash: 16,
  nonce: 32,
  /** RFC 9474 prefix 32 ‖ "ita-ticket-v1\0" 14 ‖ campaign 16 ‖ lane 1 ‖ nonce 32 */
  ticketInput: 95,
  /** RSA-3072 */
  signature: 384,
  blinded: 384,
  /** P-256, uncompressed */
  encapsulatedKey: 65,
  boxPublicKey: 65,
  boxPrivateKey: 32,
  /** AES-GCM tag */
  tag: 16,
  nullifier: 32,
  codeHash: 32,
  boxRow: 16,
} as const

/** Characters of a code on a slip: 115 random bits and a check character (Crockford base32). */
export const CODE_LENGTH = 24

/** Padded size of every answer set of a campaign, bytes. */
export const PADDED_SIZE = 1024

/** Most responses one delivery may carry. */
export const MAX_ITEMS = 16

/** Largest body the collector reads, bytes. */
export const MAX_BODY_BYTES = 64 * 1024

/** Every answer of `/v1/issue` and of `/v1/box` is padded with spaces to this many bytes. */
export const ANSWER_BYTES = 2048

/** Base64url characters of the sealed bytes of a campaign with this padded size. */
export function cipherTextLength(paddedSize: number): number {
  return base64UrlLength(paddedSize + SIZES.tag)
}
