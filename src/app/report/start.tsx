import type { i18n } from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { watchForUpdates } from '#device/browser/updates'
import { loadWords } from '#i18n/i18n.ts'
import { REPORT_PATH } from '#protocol/public-report'
import { ReportPage } from './report-page.tsx'
import '../ui/report.css'

/** The public page of a round: what was said and what is done about it, for whoever scans its poster. No account; the device keeps what it read for when there is no network. */
export async function startReport(at: HTMLElement, instance: i18n): Promise<void> {
  // this page stores the app, so that it can be read without a network the next time
  void watchForUpdates(() => undefined)
  await loadWords(instance, 'respond', 'report')
  createRoot(at).render(
    <StrictMode>
      <I18nextProvider i18n={instance}>
        <ReportPage name={location.pathname.slice(REPORT_PATH.length)} />
      </I18nextProvider>
    </StrictMode>,
  )
}
