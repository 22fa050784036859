import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { type JoinOptions, SHORTEST_PASSWORD } from '#protocol/office'
import { modulesOfText } from '#protocol/qr'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import { Page } from '#ui/page.tsx'
import { QrPicture } from '#ui/qr-picture.tsx'
import { type Answer, ask, type Refused } from '../asking/ask.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { TextField } from '../asking/text-field.tsx'
import { makePasskey } from './passkey.ts'
import { WhereNot } from './sign-in-page.tsx'

interface JoinProps {
  readonly token: string
  readonly onJoined: () => void
}

/** Somebody opened an invitation: a name, then a passkey, or a password with an authenticator app. */
export function JoinPage({ token, onJoined }: JoinProps) {
  const { t } = useTranslation()
  const [options, setOptions] = useState<JoinOptions | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const { register, handleSubmit } = useForm<{ name: string }>()
  const begin = handleSubmit(async ({ name }) => {
    const answer = await ask('POST /join/options', { body: { token, name: name.trim() } })
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) setOptions(answer.value)
  })
  const joined = (answer: Answer<unknown>) => {
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onJoined()
    // begun anew with the name: the link is still good
    else if (answer.refused === 'join-over' || answer.refused === 'name-taken') setOptions(null)
  }
  return (
    <Page title={t('join.title')} pageKey={options ? 'join-how' : 'join'}>
      <p className="lead">{t('join.lead')}</p>
      <WhereNot />
      {options ? (
        <>
          <p>{t('join.role', { role: t(`role.${options.role}`) })}</p>
          <div className="row">
            <Button id="make-passkey" onClick={() => void makePasskey(token, options).then(joined)}>
              {t('join.makePasskey')}
            </Button>
          </div>
          <p className="help">{t('join.passkeyHelp')}</p>
          <RefusalNotice refused={refused} />
          <Disclosure summary={t('join.other')}>
            <JoinByPassword token={token} options={options} onAnswer={joined} />
          </Disclosure>
        </>
      ) : (
        <form onSubmit={(event) => void begin(event)} data-form="join">
          <TextField
            label={t('join.name')}
            help={t('join.nameHelp')}
            registration={register('name', { required: true, maxLength: 60 })}
            autoComplete="username"
            maxLength={60}
          />
          <button type="submit" className="button primary">
            {t('next')}
          </button>
          <RefusalNotice refused={refused} />
        </form>
      )}
    </Page>
  )
}

interface ByPasswordProps {
  readonly token: string
  readonly options: JoinOptions
  readonly onAnswer: (answer: Answer<unknown>) => void
}

function JoinByPassword({ token, options, onAnswer }: ByPasswordProps) {
  const { t } = useTranslation()
  const { register, handleSubmit, formState } = useForm<{ password: string; code: string }>()
  const send = handleSubmit(async ({ password, code }) => {
    onAnswer(
      await ask('POST /join/password', { body: { token, challenge: options.challenge, password, code: code.trim() } }),
    )
  })
  const { errors } = formState
  return (
    <form onSubmit={(event) => void send(event)} data-form="join-password">
      <TextField
        label={t('join.password')}
        help={t('join.passwordHelp', { count: SHORTEST_PASSWORD })}
        type="password"
        registration={register('password', { required: true, minLength: SHORTEST_PASSWORD, maxLength: 200 })}
        error={errors.password ? t('join.passwordHelp', { count: SHORTEST_PASSWORD }) : undefined}
        autoComplete="new-password"
      />
      <p>{t('join.scan')}</p>
      <QrPicture modules={modulesOfText(options.totpUri)} label={t('join.scan')} />
      <p>
        {t('join.secret')} <code>{options.totp}</code>
      </p>
      <TextField
        label={t('signIn.code')}
        registration={register('code', { required: true, pattern: /^\s*\d{6}\s*$/ })}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <button type="submit" className="button secondary">
        {t('join.finish')}
      </button>
    </form>
  )
}
