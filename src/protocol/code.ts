import { type Bytes, concat, sha256, utf8 } from './bytes.ts'
import { LANES, type Lane, laneNumber } from './lane.ts'
import { CODE_LENGTH } from './sizes.ts'

/** Crockford base32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code as stored and sent: 24 characters, upper case, no spaces. */
export type Code = string

/**
 * A fresh code of a lane from random bytes, 23 of them used for 115 bits. The check character also carries the lane:
 * a person who types the code by hand has nothing else that says which questionnaire it belongs to.
 */
export function makeCode(lane: Lane, randomBytes: Uint8Array): Code {
  if (randomBytes.length < CODE_LENGTH - 1) throw new RangeError('a code needs 23 random bytes')
  const values = [...randomBytes.subarray(0, CODE_LENGTH - 1)].map((byte) => byte & 31)
  return [...values, checkValue(values) ^ laneMark(lane)].map((value) => ALPHABET.charAt(value)).join('')
}

/** Reads a code as people type it (spaces, hyphens, small letters, O for 0, I or L for 1), or null when a character is off. */
export function parseCode(typed: string): { readonly code: Code; readonly lane: Lane } | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const values = [...code].map((char) => ALPHABET.indexOf(char))
  const check = values.pop()
  if (code.length !== CODE_LENGTH || check === undefined || check < 0 || values.includes(-1)) return null
  const lane = LANES.find((one) => (checkValue(values) ^ laneMark(one)) === check)
  return lane ? { code, lane } : null
}

/** A code as printed: six groups of four. */
export function printedCode(code: Code): string {
  return code.match(/.{4}/g)?.join(' ') ?? code
}

/** What the issuer stores instead of the code: SHA-256("ita/code/v2" ‖ cid ‖ code). */
export function codeHash(campaignId: Uint8Array, code: Code): Promise<Bytes> {
  return sha256(concat(utf8('ita/code/v2'), campaignId, utf8(code)))
}

/** Far enough apart that a slip of the pen rarely turns one lane into another; the issuer's table has the last word. */
function laneMark(lane: Lane): number {
  return [0, 11, 22, 29][laneNumber(lane)] ?? 0
}

/** Weighted sum over GF(32): notices every single wrong character and every swap of two neighbours. */
function checkValue(values: readonly number[]): number {
  return values.reduce((sum, value) => double(sum ^ value), 0)
}

/** Times x in GF(2)[x]/(x⁵ + x² + 1). */
function double(value: number): number {
  const shifted = value << 1
  return shifted & 32 ? shifted ^ 0b100101 : shifted
}
