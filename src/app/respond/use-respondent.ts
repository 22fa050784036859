import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { I18nContext } from 'react-i18next'
import { forgetAddress } from '#device/browser/forget-address'
import { takeSlipFromAddress } from '#device/browser/slip-from-address'
import { sendOnHints } from '#device/browser/triggers'
import { Sync, type SyncStatus } from '#device/delivery/sync'
import type { Device } from '#device/device'
import { quarantineUnreadable } from '#device/quarantine'
import { deleteForgottenStrays } from '#device/stray-drafts'
import type { Lane } from '#protocol/lane'
import type { ManifestForm } from '#protocol/manifest'
import type { Slip } from '#protocol/slip-link'
import { loadForm, loadNewestForm } from '#questions/forms.ts'
import { loadAnswering } from './answering.ts'
import { goOnAnswering, isBegunEarly } from './become-ready.ts'
import {
  faultOf,
  type Phone,
  stageBefore,
  stageOfDelivery,
  stageOfHoldings,
  stageOfOwn,
  stageOfRefusal,
  stageOfSlip,
} from './find-stage.ts'
import type { Session, Stage } from './stage.ts'

/** While part of the app is still to be fetched. */
const LOOK_AGAIN_MS = 5000

export interface Respondent {
  readonly stage: Stage
  readonly syncStatus: SyncStatus
  readonly show: (stage: Stage) => void
  /** Looks at the device again, e.g. after "try again" or when answering is left. */
  readonly lookAgain: () => void
  readonly sendNow: () => void
  /** A code typed by hand, found to be a slip. */
  readonly takeSlip: (slip: Slip) => void
}

/** Connects the screens with the device: what it holds, what it sends, what comes of it. */
export function useRespondent(device: Device | null, slip: Slip | 'damaged' | null, first: Stage): Respondent {
  const [stage, setStage] = useState<Stage>(first)
  const [syncStatus, setSyncStatus] = useState<SyncStatus>({ state: 'idle', refused: [] })
  const sync = useRef<Sync | null>(null)
  const current = useRef(stage)
  const lastSlip = useRef(slip)
  /** Known at once, not only when it was drawn: what was found meanwhile must not take the place of what somebody just did. */
  const show = useCallback((next: Stage) => {
    current.current = next
    setStage(next)
  }, [])
  // the instance itself: what `useTranslation` gives changes with the language, and the device would be asked anew in the middle of an answer
  const i18n = useContext(I18nContext)?.i18n
  const phone = useMemo(
    () =>
      device && i18n
        ? {
            device,
            loadAnswering: () => loadAnswering(i18n),
            loadForm: (form: ManifestForm, emblem?: string) => loadForm(i18n, form, emblem),
            loadNewestForm: (lane: Lane) => loadNewestForm(i18n, lane),
          }
        : null,
    [device, i18n],
  )

  useEffect(() => {
    if (!phone) return
    const { device } = phone
    const life = { over: false }
    const showUnlessOver = (next: Stage) => {
      if (!life.over) show(next)
    }
    const engine = new Sync(device, (status) => {
      if (life.over) return
      setSyncStatus(status)
      const seen = current.current
      // somebody who went on meanwhile is not called back
      void afterSync(phone, seen, status).then((next) => next && current.current === seen && showUnlessOver(next))
    })
    sync.current = engine
    // what the page shows already stays, until more is known
    const showFirst = (before: Stage) => current.current.at === 'starting' && showUnlessOver(before)
    void begin(phone, slip, showFirst)
      .then(async (found) => {
        const seen = current.current
        showUnlessOver(isBegunEarly(seen) ? await goOnWithOwn(phone, seen.session) : found)
      })
      .then(() => engine.sendNow())
    const stopHints = sendOnHints(engine)
    const stopSlips = onNewSlip((scanned) => {
      lastSlip.current = scanned
      void forgetAddress(device, scanned).then(async (leaving) => {
        if (!leaving) showUnlessOver(await stageOfSlip(phone, scanned))
      })
    })
    return () => {
      life.over = true
      engine.stop()
      stopHints()
      stopSlips()
    }
  }, [phone, slip, show])

  const lookAgain = useCallback(() => {
    if (!phone) return
    // a slip that could not be stored is only here: its link has left the address
    const lost = current.current.at === 'storage' ? lastSlip.current : null
    const left = current.current
    void lookFor(phone, left, lost, show).then(async (found) => {
      const now = current.current
      // somebody who began meanwhile goes on, with what has come
      if (now !== left && isBegunEarly(now)) show(await goOnWithOwn(phone, now.session))
      else if (now === left || now.at === 'waiting') show(found)
    })
  }, [phone, show])
  const sendNow = useCallback(() => void sync.current?.sendNow(), [])
  useEffect(() => {
    // a ticket is there but part of the app could not be fetched: nothing is on its way, so nobody else would look again
    if (syncStatus.state !== 'idle') return
    const again = isBegunEarly(stage) ? sendNow : stage.at === 'waiting' && !stage.isComing ? lookAgain : null
    const timer = again && setTimeout(again, LOOK_AGAIN_MS)
    return () => clearTimeout(timer ?? undefined)
  }, [stage, syncStatus, lookAgain, sendNow])
  const takeSlip = useCallback(
    (typed: Slip) => {
      lastSlip.current = typed
      if (phone) void stageOfSlip(phone, typed).then(show).then(sendNow)
    },
    [phone, sendNow, show],
  )
  return { stage, syncStatus, show, lookAgain, sendNow, takeSlip }
}

/** Shows first what this phone knows by itself, then asks for what is missing. */
async function begin(phone: Phone, slip: Slip | 'damaged' | null, show: (stage: Stage) => void): Promise<Stage> {
  const before = slip ? null : await stageBefore(phone)
  if (before) show(before)
  try {
    await quarantineUnreadable(phone.device)
    await deleteForgottenStrays(phone.device)
  } catch (error) {
    return { at: 'storage', fault: faultOf(error) }
  }
  return slip ? stageOfSlip(phone, slip) : stageOfHoldings(phone)
}

/** What this phone holds for somebody who leaves a stage. What it knows by itself comes first: the rest may take a network its time. */
async function lookFor(phone: Phone, left: Stage, lost: Slip | 'damaged' | null, show: (stage: Stage) => void) {
  if (lost) return stageOfSlip(phone, lost)
  // who left the page of a refused slip without a word does not want its answers
  if (left.at === 'problem') await deleteForgottenStrays(phone.device).catch(() => undefined)
  const before = isBegunEarly(left) ? await stageBefore(phone, left.session.ticket.id) : null
  if (before) show(before)
  return before && isBegunEarly(left) ? stageOfOwn(phone, left.session.ticket.id) : stageOfHoldings(phone)
}

/** The screen of somebody who began early, with what has come for their very ticket. */
async function goOnWithOwn(phone: Phone, session: Session): Promise<Stage> {
  return goOnAnswering(phone.device, session, await stageOfOwn(phone, session.ticket.id))
}

/** What a round of sending changed for the person looking at this stage; null when nothing. Others' slips on this phone are theirs. */
async function afterSync(phone: Phone, stage: Stage, status: SyncStatus): Promise<Stage | null> {
  if (status.state === 'sending') return null
  const id = stage.at === 'waiting' ? stage.ticket : isBegunEarly(stage) ? stage.session.ticket.id : null
  const refused = status.refused.find(({ ticket }) => ticket === id)
  if (refused) return stageOfRefusal(phone.device, refused)
  if (stage.at === 'waiting') {
    const found = await stageOfHoldings(phone)
    return found.at === 'welcome' && stage.replaced ? { ...found, replaced: true } : found
  }
  if (isBegunEarly(stage)) return goOnWithOwn(phone, stage.session)
  return stage.at === 'delivery' ? stageOfDelivery(phone.device, stage.id, stage.receipt) : null
}

/** A slip scanned while the app is open changes only the fragment: no reload happens. */
function onNewSlip(use: (slip: Slip | 'damaged') => void): () => void {
  const read = () => {
    const slip = takeSlipFromAddress()
    if (slip) use(slip)
  }
  window.addEventListener('hashchange', read)
  return () => window.removeEventListener('hashchange', read)
}
