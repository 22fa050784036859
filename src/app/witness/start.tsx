import type { i18n } from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { makeBrowserDevice } from '#device/browser/browser-device'
import { watchForUpdates } from '#device/browser/updates'
import { loadWords } from '#i18n/i18n.ts'
import { type Evidence, readEvidence } from '#protocol/evidence'
import { WitnessPage } from './witness-page.tsx'
import '../ui/witness.css'

/** "Same round?": a page without an account and without the network, for whoever holds two things that speak of a round. */
export async function startWitness(at: HTMLElement, instance: i18n): Promise<void> {
  const first = takeEvidenceFromAddress()
  // this page stores the app, so that it works without a network the next time; a new version waits for whoever answers
  void watchForUpdates(() => undefined)
  await loadWords(instance, 'respond', 'witness')
  createRoot(at).render(
    <StrictMode>
      <I18nextProvider i18n={instance}>
        <WitnessPage device={makeBrowserDevice()} first={first} />
      </I18nextProvider>
    </StrictMode>,
  )
}

/** What somebody scanned with the phone's own camera. A slip's link holds its code: the fragment leaves the address at once. */
function takeEvidenceFromAddress(): Evidence | null {
  const { hash, pathname } = location
  if (hash === '') return null
  history.replaceState(null, '', pathname)
  return readEvidence(hash)
}
