import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeEnrolmentFromAddress } from '#device/browser/enrolment-from-address'
import type { Device } from '#device/device'
import { TopBar } from '#questions/top-bar.tsx'
import { nameProgram } from '#ui/page.tsx'
import { CounterScreen } from './counter-screen.tsx'
import type { OpenedLink } from './find-stage.ts'
import type { CounterStage } from './stage.ts'
import { useAway } from './use-away.ts'
import { useBackTrap } from './use-back-trap.ts'
import { useCounter } from './use-counter.ts'
import { useGreeting } from './use-greeting.ts'
import { useUpdates } from './use-updates.ts'

/** An officer who was called away leaves no open page to the next visitor. */
const AWAY_MS = 120_000
/** Moving pictures are shown and filmed with no finger on the screen. */
const AWAY_BUSY_MS = 1_800_000

/** Where a link takes nothing away from anybody. */
const LINK_STAGES: readonly CounterStage['at'][] = ['attract', 'empty', 'enrol', 'set-pin', 'panel']

/** Between visits the tablet's Back button does nothing: it must not lead out of the counter. */
const nothing = () => undefined

/** A shared tablet: attract, ask, thank, and nothing left of anybody. */
export function CounterApp({ device, link }: { device: Device; link: OpenedLink }) {
  const { t } = useTranslation('counter')
  const [opened, setOpened] = useState(link)
  const [held, setHeld] = useState<OpenedLink>(null)
  const counter = useCounter(device, opened)
  const { stage, tablet, next } = counter
  const [busy, setBusy] = useState(false)
  const [preferences, setPreferences] = useGreeting(stage.at, tablet?.greeting)
  useUpdates(stage.at === 'attract')
  useAway(stage.at === 'ask-pin' ? AWAY_MS : stage.at === 'panel' ? (busy ? AWAY_BUSY_MS : AWAY_MS) : null, next)
  useEffect(() => {
    // a link opened while the page was open already: no load, only another fragment
    const onHash = () => {
      const another = takeEnrolmentFromAddress()
      if (another) setHeld(another)
    }
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [])
  useEffect(() => {
    // a visitor in the middle of their answers comes first
    if (!held || !LINK_STAGES.includes(stage.at)) return
    setHeld(null)
    setOpened(held)
  }, [held, stage.at])
  useBackTrap(nothing, stage.at !== 'visit')
  useEffect(() => {
    nameProgram(t('documentTitle'))
  }, [t])
  return (
    <div className="counter" data-counter={stage.at}>
      <TopBar preferences={preferences} onChange={setPreferences} withContrast />
      <CounterScreen device={device} counter={counter} preferences={preferences} onLink={setOpened} onBusy={setBusy} />
    </div>
  )
}
