import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import type { Answer, Refused } from '../asking/ask.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { passkeysWork, showPasskey } from './passkey.ts'
import { PasswordForm } from './password-form.tsx'

/** The way in: a passkey, or a password with a one-time code. */
export function SignInPage({ onSignedIn, notice }: { onSignedIn: () => void; notice: string | null }) {
  const { t } = useTranslation()
  const [refused, setRefused] = useState<Refused | null>(null)
  const answered = (answer: Answer<unknown>) => {
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onSignedIn()
  }
  return (
    <Page title={t('signIn.title')} pageKey="sign-in">
      <p className="lead">{t('signIn.lead')}</p>
      {notice && <Notice>{notice}</Notice>}
      <WhereNot />
      <div className="row">
        <Button id="passkey" onClick={() => void showPasskey('/sign-in').then(answered)}>
          {t('signIn.withPasskey')}
        </Button>
      </div>
      <RefusalNotice refused={refused} />
      <Disclosure summary={t('signIn.other')}>
        <PasswordForm to="/sign-in" onAnswer={answered} />
      </Disclosure>
      <p className="small">{t('signIn.lost')}</p>
    </Page>
  )
}

/** Why passkeys do not work at this address, and where they do. */
export function WhereNot() {
  const { t } = useTranslation()
  const work = passkeysWork()
  if (work === 'yes') return null
  if (work === 'no-browser') return <Notice kind="warning">{t('signIn.noPasskeys')}</Notice>
  const elsewhere = `${location.protocol}//localhost${location.port ? `:${location.port}` : ''}/admin/`
  return (
    <Notice kind="warning">
      {t('signIn.number')} <a href={elsewhere}>{elsewhere}</a>
    </Notice>
  )
}
