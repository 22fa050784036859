/** Bytes backed by a plain buffer, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

/** UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes
}

/** Text of UTF-8 bytes. Throws a TypeError on bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** One byte string after the other. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** base64url without padding (RFC 4648 §5). Written out because old WebViews lack `Uint8Array.toBase64`. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  // a call for some thousand is quick; one for each is not, and one for all is more arguments than an engine takes
  for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Bytes of exactly `length` from base64url, or null on any other length, alphabet, padding or stray bits. */
export function fromBase64Url(text: unknown, length: number): Bytes | null {
  if (typeof text !== 'string' || text.length !== base64UrlLength(length) || !/^[\w-]*$/.test(text)) return null
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 1) bytes[at] = binary.charCodeAt(at)
  // stray bits can only be in the last, incomplete group of three
  const rest = length % 3
  return text.endsWith(toBase64Url(bytes.subarray(length - rest))) ? bytes : null
}

/** Characters that base64url without padding takes for a number of bytes. */
export function base64UrlLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes))
}

/** Whether two byte strings are the same. For public values; takes no care of timing. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
