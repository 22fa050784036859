import { parseSlip, type Slip } from '#protocol/slip-link'

/** The slip in the address, `damaged`, or null when the fragment is none or something else. The fragment leaves address bar and history at once. */
export function takeSlipFromAddress(): Slip | 'damaged' | null {
  const { hash, pathname } = location
  if (!hash.startsWith('#t')) return null
  history.replaceState(null, '', pathname)
  return parseSlip(hash) ?? 'damaged'
}
