import { scryptAsync } from '@noble/hashes/scrypt.js'
import { combine, split } from 'shamir-secret-sharing'
import { type Bytes, concat, fromBase64Url, sha256, toBase64Url, utf8 } from './bytes.ts'
import { canonicalJson } from './json.ts'
import { KeyError, type KeyRound, type KeyShareFile, refuseOtherRound, SCRYPT, type SharePlace } from './key-file.ts'

/** Splits a private key into share bytes; one share of one is the key itself. Throws when the library answers anything else. */
export async function splitKey(privateKey: Bytes, shares: number, threshold: number): Promise<Bytes[]> {
  if (shares === 1 && threshold === 1) return [privateKey]
  const parts = (await split(privateKey, shares, threshold)) as Bytes[]
  // a share is as long as the key and one byte for its place
  const right = parts.length === shares && parts.every((part) => part.length === privateKey.length + 1)
  if (!right) throw new Error('the key was not split')
  return parts
}

/** What every holder's file says of every share. A share is as random as the key, so its hash tells nothing. */
export function commitmentsTo(shares: readonly Uint8Array[]): Promise<string[]> {
  return Promise.all(shares.map(async (share) => toBase64Url(await sha256(concat(utf8('ita/share/v2'), share)))))
}

/** Wraps one share with a passphrase. */
export async function wrapShare(share: Uint8Array, place: SharePlace, passphrase: string): Promise<KeyShareFile> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const header = { v: 2, kind: 'ita-key-share', ...place, kdf: { ...SCRYPT, salt: toBase64Url(salt) } } as const
  const key = await wrappingKey(header.kdf.salt, passphrase)
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(canonicalJson(header)) }
  const ct = await crypto.subtle.encrypt(algorithm, key, share as Bytes)
  return { ...header, iv: toBase64Url(iv), ct: toBase64Url(new Uint8Array(ct)) }
}

/** Unwraps one share. Throws a KeyError on a wrong passphrase or an altered file. */
export async function unwrapShare({ iv, ct, ...header }: KeyShareFile, passphrase: string): Promise<Bytes> {
  const key = await wrappingKey(header.kdf.salt, passphrase)
  const algorithm = { name: 'AES-GCM', iv: bytesOf(iv), additionalData: utf8(canonicalJson(header)) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, bytesOf(ct)))
  } catch {
    throw new KeyError('wrong-passphrase')
  }
}

/**
 * The private key from enough unwrapped shares of one round. Every share is held against what every file says of it, so that
 * whoever brings another one is named. Throws a KeyError that says what is off.
 */
export async function joinKey(
  files: readonly KeyShareFile[],
  shares: readonly Bytes[],
  round: KeyRound,
): Promise<Bytes> {
  const [first] = files
  const [only] = shares
  if (!first || !only) throw new KeyError('too-few-shares')
  for (const file of files) refuseOtherRound(file, round)
  if (new Set(files.map((file) => file.index)).size < files.length) throw new KeyError('same-share-twice')
  await refuseAlteredShares(files, shares)
  if (files.length < first.threshold) throw new KeyError('too-few-shares')
  return first.threshold === 1 ? only : ((await combine([...shares])) as Bytes)
}

async function refuseAlteredShares(files: readonly KeyShareFile[], shares: readonly Bytes[]): Promise<void> {
  const found = await commitmentsTo(shares)
  for (const [at, file] of files.entries()) {
    if (file.commitments[file.index - 1] !== found[at]) throw new KeyError('share-altered', file.index)
  }
  for (const [at, file] of files.entries()) {
    const contradicted = files.some((other) => other.commitments[file.index - 1] !== found[at])
    if (contradicted) throw new KeyError('files-disagree', file.index)
  }
}

function bytesOf(text: string): Bytes {
  const bytes = fromBase64Url(text, Math.floor((text.length * 3) / 4))
  if (!bytes) throw new KeyError('not-a-key-file')
  return bytes
}

async function wrappingKey(salt: string, passphrase: string): Promise<CryptoKey> {
  const { N, r, p } = SCRYPT
  // NFC, because Thai typed on two keyboards may arrive in two normal forms
  const raw = await scryptAsync(utf8(passphrase.normalize('NFC')), bytesOf(salt), { N, r, p, dkLen: 32 })
  return crypto.subtle.importKey('raw', raw as Bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
