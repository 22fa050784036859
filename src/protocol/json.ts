import canonicalize from 'canonicalize'
import { fromUtf8, sha256, toBase64Url, utf8 } from './bytes.ts'

declare global {
  interface String {
    /** Whether no half of a surrogate pair stands alone. */
    isWellFormed(): boolean
  }
}

// `canonicalize` asks strings for it; Chrome has it since 111, Safari since 16.4
if (typeof String.prototype.isWellFormed !== 'function')
  String.prototype.isWellFormed = function isWellFormed(this: string) {
    try {
      encodeURIComponent(this)
      return true
    } catch {
      return false
    }
  }

/** Canonical JSON (RFC 8785). Throws on what JSON cannot carry. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not JSON')
  return text
}

/** SHA-256 of canonical JSON, base64url: what a manifest says of a questionnaire. */
export async function canonicalHash(value: unknown): Promise<string> {
  return toBase64Url(await sha256(utf8(canonicalJson(value))))
}

/** JSON of UTF-8 bytes, or undefined when they are not that. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes)) as unknown
  } catch {
    return undefined
  }
}

/** A plain JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
