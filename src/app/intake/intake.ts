import { loadAnewOnceReached } from '#device/browser/load-anew'
import { rememberTicket } from '#device/browser/marker'
import { makePlainStore } from '#device/browser/plain-store'
import { findOrKeepSlip } from '#device/keep-slip'
import { readPreferences } from '#i18n/preferences.ts'
import { toBase64Url } from '#protocol/bytes'
import { FIRST_LANGUAGE } from '#protocol/language'
import { CODE_LENGTH } from '#protocol/sizes'
import { parsePoster, parseSlip, type Slip } from '#protocol/slip-link'
import { allowStart, beginEarly, type EarlyPage, templateFor } from './early.ts'
import { readFresh, writeFresh } from './fresh.ts'

/** What the page did before the app had come. Missing where it was not built. */
export interface Intake {
  /** Whether this page is being left, because its address held a slip. */
  readonly leaving: Promise<boolean>
  /** The page that is in use already; null where the app begins with the promise. */
  readonly early: EarlyPage | null
}

declare global {
  interface Window {
    prongsaiIntake?: Intake
  }
}

const here = document.currentScript as HTMLScriptElement
const root = document.getElementById('root') as HTMLElement
let hasBegun = false
const { language, textSize } = readPreferences()
// a page must not jump when the app says so later
document.documentElement.dataset.text = String(textSize)

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
  const ticket = (await findOrKeepSlip(device, slip)).id
  rememberTicket(ticket)
  writeFresh({ ticket, lane: slip.lane, begun: hasBegun })
  history.replaceState(null, '', '/')
  // as it was asked for, so that the page which has just come is not fetched once more; its fragment stays behind. Inside
  // LINE the same question asks for another browser, where this slip is not
  location.replace(/ Line\//.test(navigator.userAgent) ? '/' : `/${search}`)
  return true
}

/** Whoever presses "start" while the slip is stored finds the questions on the page that comes. */
async function leave(slip: Slip): Promise<boolean> {
  const template = language === FIRST_LANGUAGE ? templateFor(slip) : null
  const forbidStart = template && allowStart(template)
  const start = () => {
    hasBegun = true
    // the page may be about to go
    const fresh = readFresh()
    if (fresh) writeFresh({ ...fresh, begun: true })
  }
  document.getElementById('start')?.addEventListener('click', start)
  // full, forbidden, of another version: the app says so in words
  const isLeaving = await takeIn(slip).catch(() => false)
  if (isLeaving) return true
  document.getElementById('start')?.removeEventListener('click', start)
  forbidStart?.()
  return false
}

/** Begins to fetch the app: not on a page that is being left, where nothing of it would be used. */
function startApp(): void {
  for (const file of here.dataset.app?.split(' ') ?? [])
    void import(/* @vite-ignore */ file).catch(() => loadAnewOnceReached(file))
}

const { hash, pathname, search } = location
const slip = parseSlip(hash) ?? parsePoster(hash, crypto.getRandomValues(new Uint8Array(CODE_LENGTH)))
const leaving = slip && pathname === '/' ? leave(slip) : Promise.resolve(false)
// nothing is asked of the page in its place
if (!slip && search !== '' && pathname === '/') history.replaceState(history.state, '', `/${hash}`)
const early = slip || hash !== '' || language !== FIRST_LANGUAGE ? null : beginEarly(root)
// whoever begins with the app has no use for it, on this page or on the next one
if (!slip && !early) writeFresh(null)
window.prongsaiIntake = { leaving, early }
void leaving.then((isLeaving) => isLeaving || startApp())
