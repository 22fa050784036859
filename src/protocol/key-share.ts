import { scryptAsync } from '@noble/hashes/scrypt.js'
import { combine, split } from 'shamir-secret-sharing'
import { type Bytes, fromBase64Url, toBase64Url, utf8 } from './bytes.ts'
import { canonicalJson, isRecord } from './json.ts'

/** A key holder's file: one share of a box's private key, wrapped with the holder's passphrase. */
export interface KeyShareFile {
  readonly v: 1
  readonly kind: 'ita-key-share'
  readonly cid: string
  /** How many shares open the box; 1 means that this file holds the whole key. */
  readonly threshold: number
  readonly shares: number
  readonly index: number
  readonly kdf: {
    readonly name: 'scrypt'
    readonly N: number
    readonly r: number
    readonly p: number
    readonly salt: string
  }
  readonly iv: string
  readonly ct: string
}

export type KeyFault = 'not-a-key-file' | 'wrong-passphrase' | 'other-campaign' | 'same-share-twice' | 'too-few-shares'

/** Why the box does not open with these key files. */
export class KeyError extends Error {
  readonly fault: KeyFault

  constructor(fault: KeyFault) {
    super(fault)
    this.name = 'KeyError'
    this.fault = fault
  }
}

/** 128 MiB and about half a second per guess (OWASP's first choice for scrypt). */
const SCRYPT = { name: 'scrypt', N: 2 ** 17, r: 8, p: 1 } as const

/** Splits a private key into share bytes; one share of one is the key itself. */
export async function splitKey(privateKey: Bytes, shares: number, threshold: number): Promise<Bytes[]> {
  if (shares === 1 && threshold === 1) return [privateKey]
  return (await split(privateKey, shares, threshold)) as Bytes[]
}

/** Wraps one share with a passphrase. */
export async function wrapShare(
  share: Uint8Array,
  place: Pick<KeyShareFile, 'cid' | 'threshold' | 'shares' | 'index'>,
  passphrase: string,
): Promise<KeyShareFile> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const header = { v: 1, kind: 'ita-key-share', ...place, kdf: { ...SCRYPT, salt: toBase64Url(salt) } } as const
  const key = await wrappingKey(header.kdf, passphrase)
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(canonicalJson(header)) }
  const ct = await crypto.subtle.encrypt(algorithm, key, share as Bytes)
  return { ...header, iv: toBase64Url(iv), ct: toBase64Url(new Uint8Array(ct)) }
}

/** Unwraps one share. Throws a KeyError on a wrong passphrase or an altered file. */
export async function unwrapShare({ iv, ct, ...header }: KeyShareFile, passphrase: string): Promise<Bytes> {
  const key = await wrappingKey(header.kdf, passphrase)
  const algorithm = { name: 'AES-GCM', iv: bytesOf(iv), additionalData: utf8(canonicalJson(header)) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, bytesOf(ct)))
  } catch {
    throw new KeyError('wrong-passphrase')
  }
}

/** The private key from enough unwrapped shares of one campaign. Throws a KeyError that says what is off. */
export async function joinKey(files: readonly KeyShareFile[], shares: readonly Bytes[], cid: string): Promise<Bytes> {
  const [first] = files
  const [only] = shares
  if (!first || !only) throw new KeyError('too-few-shares')
  if (files.some((file) => file.cid !== cid)) throw new KeyError('other-campaign')
  if (new Set(files.map((file) => file.index)).size < files.length) throw new KeyError('same-share-twice')
  if (files.length < first.threshold) throw new KeyError('too-few-shares')
  return first.threshold === 1 ? only : ((await combine([...shares])) as Bytes)
}

/** Reads a key file's JSON. Throws a KeyError when it is something else. */
export function readKeyShareFile(value: unknown): KeyShareFile {
  const known = isRecord(value) && value.v === 1 && value.kind === 'ita-key-share' && isRecord(value.kdf)
  const numbers = known && [value.threshold, value.shares, value.index].every(Number.isInteger)
  const texts = known && [value.cid, value.iv, value.ct].every((text) => typeof text === 'string')
  if (!known || !numbers || !texts || !isKdf(value.kdf)) throw new KeyError('not-a-key-file')
  return value as unknown as KeyShareFile
}

/** Bounded, because a crafted file must not make the opener allocate gigabytes. */
function isKdf(kdf: unknown): boolean {
  if (!isRecord(kdf) || kdf.name !== 'scrypt' || typeof kdf.salt !== 'string') return false
  return typeof kdf.N === 'number' && kdf.N <= 2 ** 20 && kdf.r === 8 && kdf.p === 1
}

function bytesOf(text: string): Bytes {
  const bytes = fromBase64Url(text, Math.floor((text.length * 3) / 4))
  if (!bytes) throw new KeyError('not-a-key-file')
  return bytes
}

async function wrappingKey({ N, r, p, salt }: KeyShareFile['kdf'], passphrase: string): Promise<CryptoKey> {
  // NFC, because Thai typed on two keyboards may arrive in two normal forms
  const raw = await scryptAsync(utf8(passphrase.normalize('NFC')), bytesOf(salt), { N, r, p, dkLen: 32 })
  return crypto.subtle.importKey('raw', raw as Bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
