import { type ComponentProps, StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { makeBrowserDevice } from '#device/browser/browser-device'
import { forgetAddress } from '#device/browser/forget-address'
import { takeSlipFromAddress } from '#device/browser/slip-from-address'
import { loadDraft } from '#device/draft'
import { makeI18n } from '#i18n/i18n.ts'
import { REPORT_PATH } from '#protocol/public-report'
import { loadAnswering } from '#respond/answering.ts'
import { RespondApp } from '#respond/respond-app.tsx'
import { earlyStage, questionsOf } from '#respond/take-over.ts'
import type { EarlyPage } from './intake/early.ts'
import './ui/fonts.css'
import './ui/base.css'
import './ui/frame.css'
import './ui/blocks.css'
import './ui/questions.css'
import './ui/journey.css'
import './ui/more.css'

const root = document.getElementById('root')
if (!root) throw new Error('no root in the page')

const i18n = makeI18n()

/** Lets the first screen be drawn before what only sealing needs is loaded. */
const FETCH_AFTER_MS = 500

/** A respondent's own phone. */
async function startRespondent(at: HTMLElement): Promise<void> {
  const { leaving = false, early = null } = window.prongsaiIntake ?? {}
  // a page that is being left starts nothing
  if (await leaving) return
  if (early) return takeOver(at, early)
  const device = makeBrowserDevice()
  const slip = takeSlipFromAddress()
  const show = () => {
    const app = <Whole device={device} slip={slip} />
    // the development server does not prerender
    if (at.firstElementChild) hydrateRoot(at, app)
    else createRoot(at).render(app)
  }
  // the page as it was prerendered is on the screen meanwhile
  if (await forgetAddress(device, slip)) return
  show()
  // fetched while somebody reads, after what they see first; asked for again when there is a ticket
  setTimeout(() => void loadAnswering(i18n), FETCH_AFTER_MS)
}

/** The page is in use already: it stays so until all is there that it needs, and then nothing of it is lost. */
async function takeOver(at: HTMLElement, early: EarlyPage): Promise<void> {
  const device = makeBrowserDevice()
  const form = await questionsOf(i18n, early.lane)
  // all that was answered with this ticket, also on a page before this one
  const draft = form && (await loadDraft(device, early.ticket, form.hash).catch(() => null))
  early.takeOver(() => {
    const first = form && earlyStage(early.ticket, early.lane, form, draft, early.isBegun())
    flushSync(() => createRoot(at).render(<Whole device={device} slip={null} {...(first ? { first } : {})} />))
  })
}

function Whole(props: ComponentProps<typeof RespondApp>) {
  return (
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <RespondApp {...props} />
      </I18nextProvider>
    </StrictMode>
  )
}

if (location.pathname === '/counter')
  void import('#counter/start.tsx').then(({ startCounter }) => startCounter(root, i18n))
else if (location.pathname === '/check')
  void import('#witness/start.tsx').then(({ startWitness }) => startWitness(root, i18n))
else if (location.pathname.startsWith(REPORT_PATH))
  void import('#report/start.tsx').then(({ startReport }) => startReport(root, i18n))
else void startRespondent(root)
