import { concat, sha256, toHex, utf8 } from './bytes.ts'
import { canonicalJson } from './json.ts'

/** SHA-256 of nothing yet: what the first act follows from. */
const GENESIS = new Uint8Array(32)

/**
 * The head of a log of acts after each act, in hex: SHA-256 over the head before and the act's canonical JSON. Worked out from
 * the acts themselves, because whoever writes a log anew can make its stored hashes whole, but cannot make it contain a head
 * that somebody saw.
 */
export async function logHeads(acts: readonly object[]): Promise<string[]> {
  const heads: string[] = []
  let before: Uint8Array<ArrayBuffer> = GENESIS
  for (const act of acts) {
    before = await sha256(concat(before, utf8(canonicalJson(act))))
    heads.push(toHex(before))
  }
  return heads
}

/** The heads seen earlier that a log does not contain: none, unless it was written anew or cut off. */
export async function missingHeads(seen: readonly string[], acts: readonly object[]): Promise<string[]> {
  const heads = await logHeads(acts)
  return seen.filter((head) => !heads.includes(head))
}
