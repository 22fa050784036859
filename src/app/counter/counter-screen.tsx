import { useCallback } from 'react'
import { keepStorage } from '#device/browser/keep-storage'
import type { Device } from '#device/device'
import { forgetLink } from '#device/tablet/tablet'
import { takeCode } from '#device/tablet/visitor-codes'
import type { Preferences } from '#i18n/preferences.ts'
import { AttractScreen } from './attract-screen.tsx'
import { EnrolScreen } from './enrol-screen.tsx'
import type { OpenedLink } from './find-stage.ts'
import { EmptyScreen, ThanksScreen } from './other-screens.tsx'
import { OwnPhoneScreen } from './own-phone-screen.tsx'
import { PanelScreen } from './panel-screen.tsx'
import { AskPinScreen, SetPinScreen } from './pin-screens.tsx'
import { stayAwake } from './stay-awake.ts'
import type { Counter } from './use-counter.ts'
import { useTabletForm } from './use-tablet-form.ts'
import { Visit } from './visit.tsx'

interface CounterScreenProps {
  readonly device: Device
  readonly counter: Counter
  /** As they are on the screen. */
  readonly preferences: Preferences
  readonly onLink: (link: OpenedLink) => void
  readonly onBusy: (busy: boolean) => void
}

/** The screen of each stage that needs no place at a counter yet, or no visitor. */
export function CounterScreen(props: CounterScreenProps) {
  const { device, counter, onLink } = props
  const { stage, tablet, recount, show, next, lookAgain } = counter
  // counted just before it is shown: an officer reads these numbers once
  const openPanel = () => void recount().then(() => show({ at: 'panel' }))
  const goOn = () =>
    void forgetLink(device)
      .catch(() => undefined)
      .then(next)
  if (stage.at === 'enrol') return <EnrolScreen stage={stage} onAgain={lookAgain} onLink={onLink} onGoOn={goOn} />
  if (stage.at === 'set-pin') return <SetPinScreen device={device} onSet={next} />
  if (stage.at === 'ask-pin') return <AskPinScreen device={device} onRight={openPanel} onBack={next} />
  if (stage.at === 'thanks') return <ThanksScreen declined={stage.declined} onNext={next} />
  if (stage.at === 'empty') return <EmptyScreen why={stage.why} onOfficer={() => show({ at: 'ask-pin' })} />
  if (tablet) return <PlaceScreen {...props} tablet={tablet} />
  return (
    <EnrolScreen
      stage={{ at: 'enrol', why: 'asking', known: false }}
      onAgain={lookAgain}
      onLink={onLink}
      onGoOn={goOn}
    />
  )
}

function PlaceScreen({
  device,
  counter,
  tablet,
  preferences,
  onBusy,
}: CounterScreenProps & { tablet: NonNullable<Counter['tablet']> }) {
  const { stage, status, syncStatus, show, next, begin, work, deliver, recount } = counter
  const asked = useTabletForm(device, tablet)
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
    begin()
  }
  const ownPhone = () => {
    // at once, so that a second tap finds another screen and takes no second code
    show({ at: 'loading' })
    void takeCode(device, tablet)
      .catch(() => null)
      .then((code) => show({ at: 'own-phone', code }))
  }
  if (stage.at === 'own-phone')
    return <OwnPhoneScreen tablet={tablet} origin={device.origin} code={stage.code} onDone={next} />
  const ready = asked !== 'loading' && asked !== 'outdated' ? asked : null
  if (stage.at === 'visit' && ready)
    return <Visit device={device} tablet={tablet} questionnaire={ready.questionnaire} onDone={done} />
  if (stage.at === 'panel' && status)
    return (
      <PanelScreen
        device={device}
        tablet={tablet}
        status={status}
        syncStatus={syncStatus}
        preferences={preferences}
        onSend={work}
        onRecount={recount}
        onBusy={onBusy}
        onBack={next}
      />
    )
  if (stage.at === 'attract')
    return (
      <AttractScreen
        tablet={tablet}
        asked={asked}
        onStart={start}
        onOwnPhone={ownPhone}
        onOfficer={() => show({ at: 'ask-pin' })}
      />
    )
  return <main id="content" className="page" aria-busy="true" />
}
