import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { askCollector } from '#device/ask-collector'
import { sendOnHints } from '#device/browser/triggers'
import { Sync, type SyncStatus } from '#device/delivery/sync'
import type { Device } from '#device/device'
import type { TabletRecord } from '#device/store'
import { type CounterStatus, noteContact, noteVisitor, readCounter } from '#device/tablet/counter'
import { noteClosed, readTablet } from '#device/tablet/tablet'
import { learnState, tellTotals } from '#device/tablet/totals'
import { stockCodes } from '#device/tablet/visitor-codes'
import { type RefillOutcome, refillWallet, wantsRefill } from '#device/tablet/wallet'
import { toBase64Url } from '#protocol/bytes'
import { readCampaignListing } from '#protocol/messages'
import { firstStage, nextStage, type OpenedLink, stageWithoutStorage } from './find-stage.ts'
import type { CounterStage, EmptyReason } from './stage.ts'
import { idleMsSince, type Moment, moment } from './use-idle.ts'

/** After a day's quota is given out, asking again each minute would only make the tablet slow; and totals are not told more often. */
const HOUR_MS = 3_600_000

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
  /** Reads the counts once more; resolves when they are on the screen's way. */
  readonly recount: () => Promise<void>
  /** Tries to enrol once more, or looks at the device again. */
  readonly lookAgain: () => void
  /** A visitor pressed "start". */
  readonly begin: () => void
  /** The screen between two visitors. */
  readonly next: () => void
}

/** Connects the counter's screens with the device: enrolment, wallet, delivery, counts. */
export function useCounter(device: Device, link: OpenedLink): Counter {
  const [stage, show] = useState<CounterStage>({ at: 'loading' })
  const [tablet, setTablet] = useState<TabletRecord | null>(null)
  const [status, setStatus] = useState<CounterStatus | null>(null)
  const [syncStatus, setSyncStatus] = useState<SyncStatus>({ state: 'idle', refused: [] })
  const empty = useRef<EmptyReason>('no-tickets')
  // by both clocks: after a night's sleep an hour has passed, whatever the steady clock says
  const quotaUsedAt = useRef<Moment | null>(null)
  const toldAt = useRef<Moment | null>(null)
  const current = useRef(stage)
  current.current = stage
  const sync = useMemo(() => new Sync(device, setSyncStatus), [device])

  const recount = useCallback(async () => {
    const now = await readTablet(device)
    setTablet(now)
    if (now) setStatus(await readCounter(device, now))
  }, [device])
  const deliver = useCallback(() => {
    void sync
      .sendNow()
      .then(recount, recount)
      .catch(() => undefined)
  }, [sync, recount])
  const work = useCallback(() => {
    const learn = (why: EmptyReason) => {
      empty.current = why
      quotaUsedAt.current = why === 'quota-used' ? moment() : null
    }
    // blinding takes the processor for seconds: not under a visitor's fingers, who has a ticket anyway
    const mayRefill = () => {
      const { at } = current.current
      return at === 'panel' || (at !== 'visit' && isHourAgo(quotaUsedAt.current))
    }
    // counted before and after: the officer's page must be there even when nothing can be reached or stored
    void recount()
      .then(() => workOnce(device, sync, mayRefill, learn))
      .then((tablet) => {
        if (!tablet || !isHourAgo(toldAt.current)) return
        toldAt.current = moment()
        return tellTotals(device, tablet)
      })
      .catch(() => undefined)
      .then(recount)
      .catch(() => undefined)
  }, [device, sync, recount])
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
    void nextStage(device, empty.current)
      .catch(() => stageWithoutStorage(device))
      .then(showUnlessMoved)
    deliver()
  }, [device, deliver])
  const begin = useCallback(() => {
    // at once, so that a second tap finds another screen; and what cannot be stored is learned before somebody answers
    show({ at: 'loading' })
    void noteVisitor(device, 'begun').then(
      () => show({ at: 'visit' }),
      () => void stageWithoutStorage(device).then(show),
    )
  }, [device])

  useEffect(() => {
    lookAgain()
    const stopHints = sendOnHints(sync)
    const timer = setInterval(work, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      stopHints()
    }
  }, [lookAgain, work, sync])
  useEffect(() => {
    if (status === null || (stage.at !== 'attract' && stage.at !== 'empty')) return
    // tickets came or ran out, the tablet was revoked, or it can store again, while nobody stands there
    const life = { over: false }
    void nextStage(device, empty.current).then(
      (now) => !life.over && JSON.stringify(now) !== JSON.stringify(stage) && show(now),
      () => undefined,
    )
    return () => {
      life.over = true
    }
  }, [device, stage, status])
  return { stage, show, tablet, status, syncStatus, work, deliver, recount, lookAgain, begin, next }
}

function isHourAgo(at: Moment | null): boolean {
  return at === null || idleMsSince(at) >= HOUR_MS
}

/** Delivers, learns whether the round is open, fills up codes and tickets. Answers the tablet when the collector was reached. */
async function workOnce(
  device: Device,
  sync: Sync,
  mayRefill: () => boolean,
  onEmpty: (why: EmptyReason) => void,
): Promise<TabletRecord | null> {
  const tablet = await readTablet(device)
  if (!tablet) return null
  await sync.sendNow()
  const reply = await askCollector(device, '/v2/campaigns')
  const open = reply.reached && reply.json && reply.status === 200 ? readCampaignListing(reply.body) : null
  if (!open) return null
  await noteContact(device)
  const closed = !open.some(({ cid }) => toBase64Url(cid) === tablet.cid)
  await noteClosed(device, tablet, closed)
  if (closed || tablet.state !== 'enrolled') return tablet
  await learnState(device, tablet)
  if ((await readTablet(device))?.state !== 'enrolled') return tablet
  await device.lock.exclusively('prongsai-codes', () => stockCodes(device, tablet))
  if (!mayRefill() || !(await wantsRefill(device, tablet))) return tablet
  const outcome = await device.lock.exclusively('prongsai-refill', () => refillWallet(device, tablet))
  onEmpty(emptyBecause(outcome))
  return tablet
}

function emptyBecause(outcome: RefillOutcome | 'busy'): EmptyReason {
  if (outcome === 'quota-used' || outcome === 'revoked' || outcome === 'closed') return outcome
  return 'no-tickets'
}
