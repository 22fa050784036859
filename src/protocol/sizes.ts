/** Bytes of everything that travels. One size each, so that size tells nothing. */
export const SIZES = {
  campaignId: 16,
  manifestHash: 16,
  nonce: 32,
  /** RFC 9474 prefix 32 ‖ label 14 ‖ campaign 16 ‖ lane 1 ‖ nonce 32 */
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

/** Bytes of the ticket that lies inside every seal: its message and its signature. */
export const INNER_TICKET_BYTES = SIZES.ticketInput + SIZES.signature

/** Padded size of everything that is sealed, bytes: the inner ticket, then the answers. The same in every campaign. */
export const PADDED_SIZE = 1536

/** Most responses one delivery may carry. */
export const MAX_ITEMS = 16

/** Largest body the collector reads, bytes. */
export const MAX_BODY_BYTES = 64 * 1024

/** Every answer of `/v2/issue` and of `/v2/box` is padded with spaces to this many bytes. */
export const ANSWER_BYTES = 2048
