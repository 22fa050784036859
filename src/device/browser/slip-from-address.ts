import { parseSlip, type Slip } from '#protocol/slip-link'

/** The slip in the address, `damaged`, or null. The fragment leaves address bar and history at once. */
export function takeSlipFromAddress(): Slip | 'damaged' | null {
  const { hash, pathname } = location
  if (hash.length < 2) return null
  history.replaceState(null, '', pathname)
  return parseSlip(hash) ?? 'damaged'
}
