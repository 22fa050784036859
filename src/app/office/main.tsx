import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { makeOfficeI18n } from '#i18n/office-words.ts'
import { takeInvitation } from './asking/place.ts'
import { OfficeApp } from './office-app.tsx'
import '#ui/fonts.css'
import '#ui/base.css'
import '#ui/frame.css'
import '#ui/blocks.css'
import '#ui/more.css'
import '#ui/questions.css'
import '#ui/office.css'
import '#ui/scorecard.css'
import '#ui/columns.css'
import '#ui/menu.css'
import '#ui/document.css'
import '#ui/measures.css'

const root = document.getElementById('root')
if (!root) throw new Error('no root in the page')

const invitation = takeInvitation()
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={makeOfficeI18n()}>
      <OfficeApp invitation={invitation} />
    </I18nextProvider>
  </StrictMode>,
)
