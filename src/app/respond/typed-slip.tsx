import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { findTypedSlip, type TypedSlip } from '#device/typed-slip'
import type { Slip } from '#protocol/slip-link'
import { Notice } from '#ui/notice.tsx'

interface TypedSlipProps {
  readonly device: Device
  readonly onSlip: (slip: Slip) => void
}

type Fault = Exclude<TypedSlip['outcome'], 'found'>

/** For whoever cannot scan: the code and the check number, typed. What was typed stays until it worked. */
export function TypedSlipForm({ device, onSlip }: TypedSlipProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [number, setNumber] = useState('')
  const [state, setState] = useState<'open' | 'looking' | Fault>('open')
  const use = async (event: FormEvent) => {
    event.preventDefault()
    if (state === 'looking') return
    setState('looking')
    const found = await findTypedSlip(device, code, number).catch((): TypedSlip => ({ outcome: 'not-reached' }))
    if (found.outcome === 'found') onSlip(found.slip)
    else setState(found.outcome)
  }
  const entry = { type: 'text', autoComplete: 'off', autoCorrect: 'off', spellCheck: false, lang: 'en' } as const
  return (
    <form className="typed-slip" onSubmit={(event) => void use(event)} aria-labelledby="typed-title">
      <h2 id="typed-title">{t('typed.title')}</h2>
      <label className="field">
        <span>{t('typed.code')}</span>
        <input
          {...entry}
          name="code"
          autoCapitalize="characters"
          value={code}
          onChange={(e) => setCode(e.target.value)}
        />
        <span className="help">{t('typed.codeHelp')}</span>
      </label>
      <label className="field">
        <span>{t('typed.number')}</span>
        <input
          {...entry}
          name="number"
          inputMode="numeric"
          value={number}
          onChange={(e) => setNumber(e.target.value)}
        />
        <span className="help">{t('typed.numberHelp')}</span>
      </label>
      {state !== 'open' && (
        <Notice live kind={state === 'looking' ? 'calm' : 'warning'}>
          <span data-typed={state}>{state === 'looking' ? t('typed.looking') : t(`typed.fault.${state}`)}</span>
        </Notice>
      )}
      <button type="submit" className="button secondary">
        {t('typed.go')}
      </button>
    </form>
  )
}
