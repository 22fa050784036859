import { rememberTicket } from '#device/browser/marker'
import { makePlainStore } from '#device/browser/plain-store'
import { findOrKeepSlip } from '#device/keep-slip'
import { toBase64Url } from '#protocol/bytes'
import { CODE_LENGTH } from '#protocol/sizes'
import { parsePoster, parseSlip, type Slip } from '#protocol/slip-link'

declare global {
  interface Window {
    /** Whether this page is being left, because its address held a slip. Missing where it was not built. */
    prongsaiIntake?: Promise<boolean>
  }
}

/**
 * Stores a slip and leaves the page for a fresh one, as `forgetAddress` does, but before anything of the app has come: so the
 * app is started once. False for whatever is not a new slip of a round that this phone has not seen: the app knows how to
 * say it.
 */
async function takeIn(slip: Slip): Promise<boolean> {
  const device = {
    store: makePlainStore(),
    random: { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)), fraction: Math.random },
  }
  const cid = toBase64Url(slip.cid)
  // a slip of a known round is compared with what is stored
  if (await device.store.transact('relaxed', ['campaigns'], (tx) => tx.get('campaigns', cid))) return false
  rememberTicket((await findOrKeepSlip(device, slip)).id)
  history.replaceState(null, '', '/')
  location.replace('/')
  return true
}

const { hash, pathname } = location
const slip = parseSlip(hash) ?? parsePoster(hash, crypto.getRandomValues(new Uint8Array(CODE_LENGTH)))
// full, forbidden, of another version: the app says so in words
window.prongsaiIntake = slip && pathname === '/' ? takeIn(slip).catch(() => false) : Promise.resolve(false)
