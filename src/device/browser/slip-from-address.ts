import { CODE_LENGTH } from '#protocol/sizes'
import { parsePoster, parseSlip, type Slip } from '#protocol/slip-link'

/** The slip, or the poster, in the address, `damaged`, or null when the fragment is none or something else. The fragment leaves address bar and history at once. */
export function takeSlipFromAddress(): Slip | 'damaged' | null {
  const { hash, pathname } = location
  if (!/^#[to]\./.test(hash)) return null
  history.replaceState(null, '', pathname)
  const random = crypto.getRandomValues(new Uint8Array(CODE_LENGTH))
  return parseSlip(hash) ?? parsePoster(hash, random) ?? 'damaged'
}
