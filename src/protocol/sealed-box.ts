import type { CipherSuite } from '@hpke/core'
import { type Bytes, concat, fromBase64Url, utf8 } from './bytes.ts'
import { SIZES } from './sizes.ts'

let loaded: CipherSuite | undefined

/**
 * HPKE base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180), loaded when first needed. A phone
 * calls this before it says that it is ready, because sealing must work with no network. Rejects without one.
 */
export async function loadSealing(): Promise<CipherSuite> {
  if (!loaded) {
    const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import('@hpke/core')
    loaded = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  }
  return loaded
}

/** Sealed bytes as delivered: encapsulated key and ciphertext. */
export interface Sealed {
  readonly enc: Bytes
  readonly ct: Bytes
}

/** The campaign a box belongs to: bound into every seal, so that bytes of one campaign never open in another. */
export interface BoxContext {
  readonly cid: Uint8Array
  readonly mh: Uint8Array
  /**
   * What is sealed: a response (default), or a challenge that proves possession of the key. Kept apart, or a collector
   * could present a response as a challenge and be told what it says.
   */
  readonly purpose?: 'response' | 'challenge'
}

/** The key pair of a box: raw private scalar (32 bytes) and uncompressed public point (65 bytes). */
export interface BoxKeys {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

/** A fresh key pair of a box. */
export async function makeBoxKeys(): Promise<{ readonly privateKey: Bytes; readonly publicKey: Bytes }> {
  const suite = await loadSealing()
  const pair = await suite.kem.generateKeyPair()
  return {
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
  }
}

/** Whether a private key is the one of a box's public key (base64url): a seal to the one opens with the other. */
export async function belongsTogether(privateKey: Uint8Array, publicKey: string): Promise<boolean> {
  const point = fromBase64Url(publicKey, SIZES.boxPublicKey)
  if (!point) return false
  const context: BoxContext = { cid: new Uint8Array(), mh: new Uint8Array(), purpose: 'challenge' }
  try {
    const opener = await makeOpener({ privateKey, publicKey: point }, context)
    await opener.open(await seal(point, context, new Uint8Array(32)))
    return true
  } catch {
    return false
  }
}

/** Seals a padded text to the box. Nobody can open it without the box's private key, not even who sealed it. */
export async function seal(publicKey: Uint8Array, context: BoxContext, padded: Uint8Array): Promise<Sealed> {
  const suite = await loadSealing()
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey)
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: infoOf(context) }, padded, context.cid)
  return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) }
}

/** Opens sealed bytes, one after the other, with a key that is imported once. */
export interface Opener {
  /** The padded text. Throws when the bytes were not sealed to this box and campaign. */
  open(sealed: Sealed): Promise<Bytes>
}

/** An opener for a campaign's box. Throws when the key is not a P-256 scalar, or the manifest's not a point. */
export async function openerFor(
  { cid, mh, manifest }: Omit<BoxContext, 'purpose'> & { readonly manifest: { readonly boxKey: string } },
  privateKey: Uint8Array,
  purpose: NonNullable<BoxContext['purpose']> = 'response',
): Promise<Opener> {
  const publicKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey)
  if (!publicKey) throw new Error('damaged manifest')
  return makeOpener({ privateKey, publicKey }, { cid, mh, purpose })
}

/**
 * An opener for a box's keys. Throws when they are not a P-256 scalar and point. The public one is given, never worked out
 * from the private one: Firefox does not export a private key that was imported alone, and what the library does then finds
 * one of two points, the wrong one for every second key.
 */
export async function makeOpener(keys: BoxKeys, context: BoxContext): Promise<Opener> {
  const suite = await loadSealing()
  const recipientKey = {
    privateKey: await suite.kem.deserializePrivateKey(keys.privateKey),
    publicKey: await suite.kem.deserializePublicKey(keys.publicKey),
  }
  const info = infoOf(context)
  return {
    async open({ enc, ct }) {
      return new Uint8Array(await suite.open({ recipientKey, enc, info }, ct, context.cid))
    },
  }
}

/** Pads to an exact size: the text, 0x80, then zeros (ISO/IEC 7816-4). Throws when the text does not fit. */
export function pad(text: Uint8Array, size: number): Bytes {
  if (text.length >= size) throw new RangeError(`${text.length} bytes do not fit into ${size}`)
  const padded = new Uint8Array(size)
  padded.set(text)
  padded[text.length] = 0x80
  return padded
}

/** Removes the padding, or null when there is none. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  let end = padded.length - 1
  while (end > 0 && padded[end] === 0) end -= 1
  return padded[end] === 0x80 ? padded.subarray(0, end) : null
}

function infoOf({ mh, purpose }: BoxContext): Bytes {
  return concat(utf8(purpose === 'challenge' ? 'ita-challenge-v2' : 'ita-box-v2'), mh)
}
