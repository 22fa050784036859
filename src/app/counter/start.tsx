import type { i18n } from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { makeBrowserDevice } from '#device/browser/browser-device'
import { takeEnrolmentFromAddress } from '#device/browser/enrolment-from-address'
import { catchInstallOffer } from '#device/browser/install'
import { loadCryptography } from '#device/ticket'
import { loadWords } from '#i18n/i18n.ts'
import { WhenBroken } from '#ui/when-broken.tsx'
import { BrokenScreen } from './broken-screen.tsx'
import { CounterApp } from './counter-app.tsx'
import '../ui/counter.css'

/** A tablet at a service counter. All it needs is there before its first screen: from then on it works without a network. */
export async function startCounter(at: HTMLElement, instance: i18n): Promise<void> {
  const link = takeEnrolmentFromAddress()
  catchInstallOffer()
  await Promise.all([loadWords(instance, 'respond', 'counter'), loadCryptography()])
  createRoot(at).render(
    <StrictMode>
      <I18nextProvider i18n={instance}>
        <WhenBroken screen={<BrokenScreen />}>
          <CounterApp device={makeBrowserDevice('prongsai-counter')} link={link} />
        </WhenBroken>
      </I18nextProvider>
    </StrictMode>,
  )
}
