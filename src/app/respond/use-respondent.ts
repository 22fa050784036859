import { useCallback, useEffect, useRef, useState } from 'react'
import { sendOnHints } from '#device/browser/triggers'
import { takeSlipFromAddress } from '#device/browser/slip-from-address'
import type { Device } from '#device/device'
import { quarantineUnreadable } from '#device/quarantine'
import { Sync, type SyncStatus } from '#device/sync'
import type { Slip } from '#protocol/slip-link'
import { faultOf, stageOfDelivery, stageOfHoldings, stageOfSlip } from './find-stage.ts'
import type { Stage } from './stage.ts'

export interface Respondent {
  readonly stage: Stage
  readonly syncStatus: SyncStatus
  readonly show: (stage: Stage) => void
  /** Looks at the device again, e.g. after "try again" or when answering is left. */
  readonly lookAgain: () => void
  readonly sendNow: () => void
}

/** Connects the screens with the device: what it holds, what it sends, what comes of it. */
export function useRespondent(device: Device | null, slip: Slip | 'damaged' | null): Respondent {
  const [stage, setStage] = useState<Stage>({ at: 'starting' })
  const [syncStatus, setSyncStatus] = useState<SyncStatus>({ state: 'idle', refused: null })
  const sync = useRef<Sync | null>(null)
  const current = useRef(stage)
  current.current = stage

  useEffect(() => {
    if (!device) return
    const life = { over: false }
    const showUnlessOver = (next: Stage) => {
      if (!life.over) setStage(next)
    }
    const engine = new Sync(device, (status) => {
      if (life.over) return
      setSyncStatus(status)
      void afterSync(device, current.current, status).then((next) => next && showUnlessOver(next))
    })
    sync.current = engine
    void begin(device, slip)
      .then(showUnlessOver)
      .then(() => engine.sendNow())
    const stopHints = sendOnHints(engine)
    const stopSlips = onNewSlip((scanned) => void stageOfSlip(device, scanned).then(showUnlessOver))
    return () => {
      life.over = true
      engine.stop()
      stopHints()
      stopSlips()
    }
  }, [device, slip])

  const lookAgain = useCallback(() => {
    if (device) void stageOfHoldings(device).then(setStage)
  }, [device])
  const sendNow = useCallback(() => void sync.current?.sendNow(), [])
  return { stage, syncStatus, show: setStage, lookAgain, sendNow }
}

async function begin(device: Device, slip: Slip | 'damaged' | null): Promise<Stage> {
  try {
    await quarantineUnreadable(device)
  } catch (error) {
    return { at: 'storage', fault: faultOf(error) }
  }
  return slip ? stageOfSlip(device, slip) : stageOfHoldings(device)
}

/** What a round of sending changed for the person looking at this stage; null when nothing. */
async function afterSync(device: Device, stage: Stage, status: SyncStatus): Promise<Stage | null> {
  if (status.state === 'sending') return null
  if (stage.at === 'waiting') {
    return status.refused ? { at: 'problem', problem: status.refused, canContinue: false } : stageOfHoldings(device)
  }
  return stage.at === 'delivery' ? stageOfDelivery(device, stage.id, stage.receipt) : null
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
