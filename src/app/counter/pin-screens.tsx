import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { isPin, setPin, tryPin } from '#device/tablet/pin'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

/** Digits for a PIN pad; nothing is offered from an earlier form. */
const ENTRY = { type: 'password', inputMode: 'numeric', autoComplete: 'off', maxLength: 8 } as const

/** The officer chooses a PIN, once. */
export function SetPinScreen({ device, onSet }: { device: Device; onSet: () => void }) {
  const { t } = useTranslation('counter')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [fault, setFault] = useState<'short' | 'differ' | null>(null)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!isPin(first)) return setFault('short')
    if (first !== second) return setFault('differ')
    void setPin(device, first).then(onSet)
  }
  return (
    <Page title={t('pin.set')} pageKey="set-pin">
      <p>{t('pin.setHelp')}</p>
      <form onSubmit={save}>
        <label className="field">
          <span>{t('pin.set')}</span>
          <input {...ENTRY} name="pin" value={first} onChange={(event) => setFirst(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('pin.again')}</span>
          <input {...ENTRY} name="pin-again" value={second} onChange={(event) => setSecond(event.target.value)} />
        </label>
        {fault && (
          <Notice kind="warning" live>
            {t(`pin.${fault}`)}
          </Notice>
        )}
        <button type="submit" className="button primary">
          {t('pin.save')}
        </button>
      </form>
    </Page>
  )
}

interface AskPinProps {
  readonly device: Device
  readonly onRight: () => void
  readonly onBack: () => void
}

/** The way to the officer's page. */
export function AskPinScreen({ device, onRight, onBack }: AskPinProps) {
  const { t } = useTranslation('counter')
  const { t: general } = useTranslation()
  const [pin, setPinText] = useState('')
  const [waitSeconds, setWaitSeconds] = useState<number | null>(null)
  const enter = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await tryPin(device, pin)
    setPinText('')
    if (answer.right) onRight()
    else setWaitSeconds(Math.ceil(answer.waitMs / 1000))
  }
  return (
    <Page title={t('pin.ask')} pageKey="ask-pin">
      <form onSubmit={(event) => void enter(event)}>
        <label className="field">
          <span>{t('pin.ask')}</span>
          <input {...ENTRY} name="pin" value={pin} onChange={(event) => setPinText(event.target.value)} />
        </label>
        {waitSeconds !== null && (
          <Notice kind="warning" live>
            <span data-pin-wait={waitSeconds}>
              {waitSeconds > 0 ? t('pin.wait', { seconds: waitSeconds }) : t('pin.wrong')}
            </span>
          </Notice>
        )}
        <div className="row">
          <button type="submit" className="button primary">
            {t('pin.enter')}
          </button>
          <Button kind="secondary" onClick={onBack}>
            {general('question.back')}
          </Button>
        </div>
      </form>
    </Page>
  )
}
