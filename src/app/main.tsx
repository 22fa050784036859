import { StrictMode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { makeBrowserDevice } from '#device/browser/browser-device'
import { forgetAddress } from '#device/browser/forget-address'
import { takeSlipFromAddress } from '#device/browser/slip-from-address'
import { makeI18n } from '#i18n/i18n.ts'
import { REPORT_PATH } from '#protocol/public-report'
import { loadAnswering } from '#respond/answering.ts'
import { RespondApp } from '#respond/respond-app.tsx'
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

/** A respondent's own phone. */
function startRespondent(at: HTMLElement): void {
  // fetched while the person reads the promise; asked for again when a ticket is ready
  void loadAnswering(i18n)
  const device = makeBrowserDevice()
  const slip = takeSlipFromAddress()
  const show = () => {
    const app = (
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <RespondApp device={device} slip={slip} />
        </I18nextProvider>
      </StrictMode>
    )
    // the development server does not prerender
    if (at.firstElementChild) hydrateRoot(at, app)
    else createRoot(at).render(app)
  }
  // the page as it was prerendered is on the screen meanwhile
  void forgetAddress(device, slip).then((leaving) => leaving || show())
}

if (location.pathname === '/counter')
  void import('#counter/start.tsx').then(({ startCounter }) => startCounter(root, i18n))
else if (location.pathname === '/check')
  void import('#witness/start.tsx').then(({ startWitness }) => startWitness(root, i18n))
else if (location.pathname.startsWith(REPORT_PATH))
  void import('#report/start.tsx').then(({ startReport }) => startReport(root, i18n))
// a page that is being left starts nothing
else void (window.prongsaiIntake ?? Promise.resolve(false)).then((isLeaving) => isLeaving || startRespondent(root))
