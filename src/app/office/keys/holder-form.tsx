import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { concat, sha256, toBase64Url, utf8 } from '#protocol/bytes'
import { TextField } from '../asking/text-field.tsx'
import { StepHeading } from './step-heading.tsx'

interface HolderFormProps {
  readonly index: number
  /** Digests of the passphrases of the holders before: each needs another one. */
  readonly taken: readonly string[]
  readonly onChosen: (passphrase: string) => Promise<void>
}

/** A file may be guessed at for years, on any machine. */
const SHORTEST_PASSPHRASE = 12

/** A holder chooses a passphrase, twice. */
export function HolderForm({ index, taken, onChosen }: HolderFormProps) {
  const { t } = useTranslation()
  const { register, handleSubmit, formState, getValues } = useForm<{ passphrase: string; again: string }>()
  const send = handleSubmit(({ passphrase }) => onChosen(passphrase))
  const busy = formState.isSubmitting
  const fault = formState.errors.passphrase?.type
  return (
    <form onSubmit={(event) => void send(event)} data-holder={index}>
      <StepHeading>{t('ceremony.choose', { index })}</StepHeading>
      <p>{t('ceremony.chooseText')}</p>
      <TextField
        label={t('ceremony.passphrase')}
        type="password"
        help={t('ceremony.short', { count: SHORTEST_PASSPHRASE })}
        registration={register('passphrase', {
          validate: {
            short: (text) => [...text.normalize('NFC')].length >= SHORTEST_PASSPHRASE,
            taken: async (text) => !taken.includes(await digestOf(text)),
          },
        })}
        error={
          fault === 'taken'
            ? t('ceremony.taken')
            : fault
              ? t('ceremony.short', { count: SHORTEST_PASSPHRASE })
              : undefined
        }
        autoComplete="new-password"
      />
      <TextField
        label={t('ceremony.again')}
        type="password"
        registration={register('again', { validate: (text) => text === getValues('passphrase') })}
        error={formState.errors.again ? t('ceremony.differ') : undefined}
        autoComplete="new-password"
      />
      <button type="submit" className="button primary" aria-disabled={busy || undefined}>
        {busy ? t('ceremony.wrapping') : t('ceremony.make')}
      </button>
    </form>
  )
}

/** Good for comparing within this page only: salted by the page's own random bytes. */
export async function digestOf(passphrase: string): Promise<string> {
  return toBase64Url(await sha256(concat(SALT, utf8(passphrase.normalize('NFC')))))
}

const SALT = crypto.getRandomValues(new Uint8Array(16))
