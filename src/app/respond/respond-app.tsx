import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepStorage } from '#device/browser/keep-storage'
import { type ApplyUpdate, watchForUpdates } from '#device/browser/updates'
import type { Device } from '#device/device'
import { discardDraft } from '#device/draft'
import type { Slip } from '#protocol/slip-link'
import { TopBar } from '#questions/top-bar.tsx'
import { usePreferences } from '#questions/use-preferences.ts'
import { AnswerFlow } from './answer-flow.tsx'
import { DeliveryScreen } from './delivery-screen.tsx'
import { morePages } from './more-pages.ts'
import { HomeScreen, ProblemScreen } from './other-screens.tsx'
import { ResumeScreen } from './resume-screen.tsx'
import type { Session, Stage } from './stage.ts'
import { UpdateBar } from './update-bar.tsx'
import { useManifest } from './use-manifest.ts'
import { type More, useMore } from './use-more.ts'
import { type Respondent, useRespondent } from './use-respondent.ts'
import { WelcomeScreen } from './welcome-screen.tsx'

interface RespondAppProps {
  /** Null while prerendering. */
  readonly device: Device | null
  readonly slip: Slip | 'damaged' | null
  /** What the page shows already. */
  readonly first?: Stage
}

const STARTING: Stage = { at: 'starting' }

/** The respondent's app, from slip to receipt. */
export function RespondApp({ device, slip, first = STARTING }: RespondAppProps) {
  const { t } = useTranslation()
  const respondent = useRespondent(device, slip, first)
  const more = useMore()
  const [preferences, setPreferences] = usePreferences(t('app.documentTitle'))
  const [applyUpdate, setApplyUpdate] = useState<ApplyUpdate | null>(null)
  // at once, though it stores a megabyte: whoever switches the network off at "ready" must be able to open the page again
  useEffect(() => void watchForUpdates((apply) => setApplyUpdate(() => apply)), [])
  return (
    <>
      <TopBar preferences={preferences} onChange={setPreferences} />
      {/* above the screen: its foot belongs to what the screen leads to */}
      {applyUpdate && isSafeMoment(respondent) && <UpdateBar onApply={() => applyUpdate(() => location.reload())} />}
      {device && more.page ? (
        <OpenPage device={device} more={more} stage={respondent.stage} />
      ) : (
        <CurrentScreen device={device} respondent={respondent} more={more} />
      )}
    </>
  )
}

function OpenPage({ device, more, stage }: { device: Device; more: More; stage: Stage }) {
  const manifest = useManifest(device, stage)
  const { CheckPage, ReceiptsPage } = morePages()
  if (more.page === 'receipts') return <ReceiptsPage device={device} onBack={more.close} />
  return <CheckPage manifest={manifest} onBack={more.close} />
}

interface CurrentScreenProps {
  readonly device: Device | null
  readonly respondent: Respondent
  readonly more: More
}

function CurrentScreen({ device, respondent, more }: CurrentScreenProps) {
  const { stage, show, lookAgain, sendNow, syncStatus, takeSlip } = respondent
  if (stage.at === 'home' && device)
    return (
      <HomeScreen device={device} receipts={stage.receipts} onSlip={takeSlip} onForgotten={lookAgain} more={more} />
    )
  if (stage.at === 'problem' || stage.at === 'storage')
    return <ProblemScreen device={device} stage={stage} onLookAgain={lookAgain} more={more} />
  if (stage.at === 'delivery' && device)
    return (
      <DeliveryScreen
        device={device}
        stage={stage}
        syncStatus={syncStatus}
        onSendNow={sendNow}
        onForgotten={lookAgain}
        more={more}
      />
    )
  if (stage.at === 'answering' && device)
    return (
      <AnswerFlow
        key={stage.session.ticket.id}
        device={device}
        session={stage.session}
        {...(stage.from ? { from: stage.from } : {})}
        onLeave={lookAgain}
        onSealed={(record) => {
          show({ at: 'delivery', id: record.id, record, receipt: record.receipt })
          sendNow()
        }}
      />
    )
  const start = (session: Session) => {
    // a gesture is when browsers grant durable storage
    void keepStorage()
    show({ at: 'answering', session })
  }
  const discard = async (session: Session) => {
    if (device) await discardDraft(device, session.ticket.id)
    if (stage.at === 'welcome') show({ at: 'welcome', session: { ...stage.session, draft: null } })
    if (stage.at === 'waiting') show({ ...stage, session: { ...session, draft: null } })
    // the buttons that were asked are gone: the keyboard goes on at the title
    document.querySelector<HTMLElement>('#content h1')?.focus()
  }
  if ((stage.at === 'welcome' || stage.at === 'waiting') && isBegun(stage.session))
    return (
      <ResumeScreen
        stage={stage}
        session={stage.session}
        onStart={start}
        onDiscard={(session) => void discard(session)}
        more={more}
      />
    )
  return <WelcomeScreen stage={beginning(stage)} onStart={start} more={more} />
}

function isBegun(session: Session | null): session is Session {
  return Object.keys(session?.draft?.answers ?? {}).length > 0
}

/** Prerendering has no device: whatever needs one begins as the first screen. */
function beginning(stage: Exclude<Stage, { at: 'problem' | 'storage' }>) {
  return stage.at === 'answering' || stage.at === 'home' || stage.at === 'delivery'
    ? { at: 'starting' as const }
    : stage
}

/** A new version is applied only when nothing is half done: no answers on the screen, nothing under way. */
function isSafeMoment({ stage, syncStatus }: Respondent): boolean {
  return stage.at !== 'answering' && stage.at !== 'starting' && syncStatus.state !== 'sending'
}
