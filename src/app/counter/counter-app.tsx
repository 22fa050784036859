import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepStorage } from '#device/browser/keep-storage'
import { type ApplyUpdate, watchForUpdates } from '#device/browser/updates'
import type { Device } from '#device/device'
import { takeCode } from '#device/visitor-codes'
import { switchLanguage } from '#i18n/i18n.ts'
import type { Preferences } from '#i18n/preferences.ts'
import type { EnrolmentLink } from '#protocol/counter'
import { questionnaireOf } from '#questions/questionnaires.ts'
import { TopBar } from '#questions/top-bar.tsx'
import { AttractScreen } from './attract-screen.tsx'
import { EmptyScreen, EnrolScreen, ThanksScreen } from './other-screens.tsx'
import { OwnPhoneScreen } from './own-phone-screen.tsx'
import { PanelScreen } from './panel-screen.tsx'
import { AskPinScreen, SetPinScreen } from './pin-screens.tsx'
import { stayAwake } from './stay-awake.ts'
import { type Counter, useCounter } from './use-counter.ts'
import { Visit } from './visit.tsx'

interface CounterAppProps {
  readonly device: Device
  readonly link: EnrolmentLink | 'damaged' | null
}

/** How a tablet greets everybody; what one visitor chose is not the next one's. */
const GREETING: Preferences = { language: 'th', textSize: 1 }

/** A shared tablet: attract, ask, thank, and nothing left of anybody. */
export function CounterApp({ device, link }: CounterAppProps) {
  const counter = useCounter(device, link)
  const { stage } = counter
  const { i18n, t } = useTranslation('counter')
  const [preferences, setPreferences] = useState<Preferences>(GREETING)
  const [applyUpdate, setApplyUpdate] = useState<ApplyUpdate | null>(null)
  useEffect(() => void watchForUpdates((apply) => setApplyUpdate(() => apply)), [])
  useEffect(() => {
    // the only moment at which nobody is in the middle of anything
    if (applyUpdate && stage.at === 'attract') applyUpdate()
  }, [applyUpdate, stage.at])
  useEffect(() => {
    if (stage.at === 'attract') setPreferences(GREETING)
  }, [stage.at])
  useEffect(() => {
    document.documentElement.dataset.text = String(preferences.textSize)
    document.documentElement.lang = preferences.language
    void switchLanguage(i18n, preferences.language)
  }, [i18n, preferences])
  useEffect(() => {
    document.title = t('documentTitle')
  }, [t])
  return (
    <div className="counter" data-counter={stage.at}>
      <TopBar preferences={preferences} onChange={setPreferences} />
      <CounterScreen device={device} counter={counter} />
    </div>
  )
}

function CounterScreen({ device, counter }: { device: Device; counter: Counter }) {
  const { stage, tablet, status, syncStatus, show, next, work, deliver, lookAgain } = counter
  const questionnaire = useMemo(() => questionnaireOf('eit-2566'), [])
  const done = useCallback(
    (end: 'sealed' | 'declined' | 'gone' | 'no-tickets') => {
      deliver()
      if (end === 'sealed' || end === 'declined') show({ at: 'thanks', declined: end === 'declined' })
      else next()
    },
    [show, next, deliver],
  )
  const start = () => {
    void keepStorage()
    stayAwake()
    show({ at: 'visit' })
  }
  const ownPhone = () => {
    // at once, so that a second tap finds another screen and takes no second code
    show({ at: 'loading' })
    if (!tablet) return
    void takeCode(device, tablet)
      .catch(() => null)
      .then((code) => show({ at: 'own-phone', code }))
  }
  if (stage.at === 'own-phone' && tablet)
    return <OwnPhoneScreen tablet={tablet} origin={device.origin} code={stage.code} onDone={next} />
  if (stage.at === 'enrol') return <EnrolScreen why={stage.why} onAgain={lookAgain} />
  if (stage.at === 'set-pin') return <SetPinScreen device={device} onSet={next} />
  if (stage.at === 'ask-pin')
    return <AskPinScreen device={device} onRight={() => show({ at: 'panel' })} onBack={next} />
  if (stage.at === 'thanks') return <ThanksScreen declined={stage.declined} onNext={next} />
  if (stage.at === 'empty') return <EmptyScreen why={stage.why} onOfficer={() => show({ at: 'ask-pin' })} />
  if (stage.at === 'visit' && tablet && questionnaire)
    return <Visit device={device} tablet={tablet} questionnaire={questionnaire} onDone={done} />
  if (stage.at === 'panel' && tablet && status)
    return (
      <PanelScreen
        device={device}
        tablet={tablet}
        status={status}
        syncStatus={syncStatus}
        onSend={work}
        onBack={next}
      />
    )
  if (stage.at === 'attract' && tablet)
    return (
      <AttractScreen tablet={tablet} onStart={start} onOwnPhone={ownPhone} onOfficer={() => show({ at: 'ask-pin' })} />
    )
  return <EnrolScreen why="asking" onAgain={lookAgain} />
}
