import { toBase64Url, utf8 } from './bytes.ts'

/**
 * The derivation behind the check number: PBKDF2 with HMAC-SHA-512 over the manifest's fingerprint. Slow on purpose. Whoever
 * wants a second manifest with a given number has to try 10¹² of them on average, and each try costs about half a second of
 * a desktop's core. SHA-512, because phones and desktops are less far behind special hardware there than with SHA-256; the
 * browser computes it on a thread of its own, without code or memory of ours.
 */
const DERIVATION = { name: 'PBKDF2', hash: 'SHA-512', iterations: 1_500_000 } as const
const SALT = utf8('ita/check-number/v2')

/** Twelve digits. */
const RANGE = 1_000_000_000_000n

/** Derived once for each fingerprint in this program: the value is public, and asked for on every screen. */
const derived = new Map<string, Promise<string>>()

/** Enough for every round of a large host; what is more begins anew. */
const MOST_REMEMBERED = 4096

/** The twelve digits on poster, slips and screens, e.g. `0367 2431 9058`. Takes 0.3 to 1 s of a desktop's core, once. */
export function checkNumber(mh: Uint8Array): Promise<string> {
  const name = toBase64Url(mh)
  const known = derived.get(name)
  if (known) return known
  if (derived.size >= MOST_REMEMBERED) derived.clear()
  const number = derive(mh)
  derived.set(name, number)
  // a refused derivation (no WebCrypto) is asked for again the next time
  number.catch(() => derived.delete(name))
  return number
}

/** The digits of a check number as somebody typed it, with spaces, hyphens or Thai digits; null unless they are twelve. */
export function typedCheckNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  const bare = digits.replace(/[\s.·-]/g, '')
  return /^[0-9]{12}$/.test(bare) ? printed(bare) : null
}

async function derive(mh: Uint8Array): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(mh), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ ...DERIVATION, salt: SALT }, key, 128)
  const view = new DataView(bits)
  const value = (view.getBigUint64(0) << 64n) | view.getBigUint64(8)
  return printed((value % RANGE).toString().padStart(12, '0'))
}

function printed(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ')
}
