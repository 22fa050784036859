import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { askCollector } from '#device/ask-collector'
import { sendOnHints } from '#device/browser/triggers'
import { type CounterStatus, noteContact, readCounter } from '#device/counter'
import type { Device } from '#device/device'
import type { TabletRecord } from '#device/store'
import { Sync, type SyncStatus } from '#device/sync'
import { enrolTablet, readTablet } from '#device/tablet'
import { stockCodes } from '#device/visitor-codes'
import { type RefillOutcome, refillWallet, wantsRefill } from '#device/wallet'
import { toBase64Url } from '#protocol/bytes'
import type { EnrolmentLink } from '#protocol/counter'
import { readCampaignListing } from '#protocol/messages'
import type { CounterStage, EmptyReason, EnrolTrouble } from './stage.ts'

/** After a day's quota is given out, asking again each minute would only make the tablet slow. */
const ASK_AGAIN_MS = 3_600_000

/** How often an idle tablet looks whether the collector is there. */
const LOOK_EVERY_MS = 60_000

export interface Counter {
  readonly stage: CounterStage
  readonly show: (stage: CounterStage) => void
  readonly tablet: TabletRecord | null
  readonly status: CounterStatus | null
  readonly syncStatus: SyncStatus
  /** Delivers, refills and counts again. */
  readonly work: () => void
  /** Delivers and counts. After a visit nothing else is sent: a refill then would tell when it ended, and where. */
  readonly deliver: () => void
  /** Tries to enrol once more, or looks at the device again. */
  readonly lookAgain: () => void
  /** The screen between two visitors. */
  readonly next: () => void
}

/** Connects the counter's screens with the device: enrolment, wallet, delivery, counts. */
export function useCounter(device: Device, link: EnrolmentLink | 'damaged' | null): Counter {
  const [stage, show] = useState<CounterStage>({ at: 'loading' })
  const [tablet, setTablet] = useState<TabletRecord | null>(null)
  const [status, setStatus] = useState<CounterStatus | null>(null)
  const [syncStatus, setSyncStatus] = useState<SyncStatus>({ state: 'idle', refused: null })
  const empty = useRef<EmptyReason>('no-tickets')
  const refillAfterMs = useRef(0)
  const current = useRef(stage)
  current.current = stage
  const sync = useMemo(
    () =>
      new Sync(device, (now) => {
        if (now.state === 'waiting' && now.trouble === 'campaign-closed') empty.current = 'closed'
        setSyncStatus(now)
      }),
    [device],
  )

  const count = useCallback(async () => {
    const now = await readTablet(device)
    setTablet(now)
    if (now) setStatus(await readCounter(device, now))
  }, [device])
  const deliver = useCallback(() => {
    void sync
      .sendNow()
      .then(count, count)
      .catch(() => undefined)
  }, [sync, count])
  const work = useCallback(() => {
    const learn = (why: EmptyReason) => {
      empty.current = why
      if (why === 'quota-used') refillAfterMs.current = performance.now() + ASK_AGAIN_MS
    }
    // blinding takes the processor for seconds: not under a visitor's fingers, who has a ticket anyway
    const mayRefill = () => current.current.at !== 'visit' && performance.now() >= refillAfterMs.current
    // counted before and after: the officer's page must be there even when nothing can be reached or stored
    void count()
      .then(() => workOnce(device, sync, mayRefill, learn))
      .catch(() => undefined)
      .then(count)
      .catch(() => undefined)
  }, [device, sync, count])
  const lookAgain = useCallback(() => {
    show({ at: 'loading' })
    void firstStage(device, link).then((first) => {
      show(first)
      work()
    })
  }, [device, link, work])
  const next = useCallback(() => {
    const from = current.current
    // somebody may have pressed "start" while the store was read: they are not thrown out again
    const showUnlessMoved = (found: CounterStage) => {
      if (current.current === from) show(found)
    }
    void nextStage(device, empty.current).then(showUnlessMoved, () => showUnlessMoved({ at: 'enrol', why: 'storage' }))
    deliver()
  }, [device, deliver])

  useEffect(() => {
    lookAgain()
    const stopHints = sendOnHints(sync)
    const timer = setInterval(work, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      stopHints()
    }
  }, [lookAgain, work, sync])
  const wallet = status?.wallet
  const state = tablet?.state
  useEffect(() => {
    if (wallet === undefined || state === undefined || (stage.at !== 'attract' && stage.at !== 'empty')) return
    // tickets came or ran out, or the tablet was revoked, while nobody stands there
    const life = { over: false }
    void nextStage(device, empty.current).then(
      (now) => !life.over && now.at !== stage.at && show(now),
      () => undefined,
    )
    return () => {
      life.over = true
    }
  }, [device, stage.at, wallet, state])
  return { stage, show, tablet, status, syncStatus, work, deliver, lookAgain, next }
}

async function firstStage(device: Device, link: EnrolmentLink | 'damaged' | null): Promise<CounterStage> {
  // LINE's own browser forgets everything when it is closed
  if (/ Line\//.test(navigator.userAgent)) return { at: 'enrol', why: 'line' }
  try {
    if (link === 'damaged') return { at: 'enrol', why: 'damaged' }
    if (link) {
      const enrolled = await enrolTablet(device, link)
      if (enrolled.outcome !== 'enrolled') return { at: 'enrol', why: troubleOf(enrolled) }
    }
    const tablet = await readTablet(device)
    if (!tablet) return { at: 'enrol', why: 'none' }
    return tablet.pin ? await nextStage(device, 'no-tickets') : { at: 'set-pin' }
  } catch {
    return { at: 'enrol', why: 'storage' }
  }
}

function troubleOf(outcome: { outcome: 'not-reached' } | { outcome: 'refused'; reason: EnrolTrouble }): EnrolTrouble {
  return outcome.outcome === 'refused' ? outcome.reason : 'not-reached'
}

/** Attract when there is a ticket for the next visitor; otherwise why not. */
async function nextStage(device: Device, empty: EmptyReason): Promise<CounterStage> {
  const tablet = await readTablet(device)
  if (!tablet) return { at: 'enrol', why: 'none' }
  if (tablet.state === 'revoked') return { at: 'empty', why: 'revoked' }
  const { wallet } = await readCounter(device, tablet)
  return wallet > 0 && empty !== 'closed' ? { at: 'attract' } : { at: 'empty', why: empty }
}

async function workOnce(
  device: Device,
  sync: Sync,
  mayRefill: () => boolean,
  onEmpty: (why: EmptyReason) => void,
): Promise<void> {
  const tablet = await readTablet(device)
  if (!tablet) return
  await sync.sendNow()
  const reply = await askCollector(device, '/v1/campaigns')
  const open = reply.reached && reply.json && reply.status === 200 ? readCampaignListing(reply.body) : null
  if (!open) return
  await noteContact(device)
  if (!open.some(({ cid }) => toBase64Url(cid) === tablet.cid)) return onEmpty('closed')
  if (tablet.state !== 'enrolled') return
  await device.lock.exclusively('prongsai-codes', () => stockCodes(device, tablet))
  if (!mayRefill() || !(await wantsRefill(device, tablet))) return
  const outcome = await device.lock.exclusively('prongsai-refill', () => refillWallet(device, tablet))
  onEmpty(emptyBecause(outcome))
}

function emptyBecause(outcome: RefillOutcome | 'busy'): EmptyReason {
  if (outcome === 'quota-used' || outcome === 'revoked' || outcome === 'closed') return outcome
  return 'no-tickets'
}
