import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { type Answer, ask } from '../asking/ask.ts'
import { TextField } from '../asking/text-field.tsx'

interface PasswordFormProps {
  readonly to: '/sign-in' | '/prove'
  /** Known when proving again. */
  readonly name?: string
  readonly onAnswer: (answer: Answer<unknown>) => void
}

interface Fields {
  readonly name: string
  readonly password: string
  readonly code: string
}

/** Name, password and one-time code, for people without a passkey. */
export function PasswordForm({ to, name, onAnswer }: PasswordFormProps) {
  const { t } = useTranslation()
  const { register, handleSubmit, resetField } = useForm<Fields>({ defaultValues: { name: name ?? '' } })
  const send = handleSubmit(async (fields) => {
    const answer = await ask(`POST ${to}/password`, {
      body: { ...fields, name: fields.name.trim(), code: fields.code.trim() },
    })
    // a code is good once
    resetField('code')
    onAnswer(answer)
  })
  return (
    <form onSubmit={(event) => void send(event)} data-form="password">
      {!name && (
        <TextField
          label={t('signIn.name')}
          registration={register('name', { required: true })}
          autoComplete="username"
        />
      )}
      <TextField
        label={t('signIn.password')}
        type="password"
        registration={register('password', { required: true })}
        autoComplete="current-password"
      />
      <TextField
        label={t('signIn.code')}
        help={t('signIn.codeHelp')}
        registration={register('code', { required: true, pattern: /^\s*\d{6}\s*$/ })}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <button type="submit" className="button secondary">
        {t('signIn.withPassword')}
      </button>
    </form>
  )
}
