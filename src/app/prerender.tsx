import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { makeI18n } from '#i18n/i18n.ts'
import { RespondApp } from '#respond/respond-app.tsx'

/** The first screen as HTML, for the build to put into the page: Thai words on screen before any script runs. */
export function firstScreen(): string {
  return renderToString(
    <StrictMode>
      <I18nextProvider i18n={makeI18n()}>
        <RespondApp device={null} slip={null} />
      </I18nextProvider>
    </StrictMode>,
  )
}
