import { type FormEvent, useRef, useState } from 'react'
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

/** Which of both inputs a fault is about; null where it is neither. */
const ABOUT: Readonly<Record<Fault, 'code' | 'number' | null>> = {
  'code-mistyped': 'code',
  'number-mistyped': 'number',
  'no-such-number': 'number',
  'not-reached': null,
}

/** For whoever cannot scan: the code and the check number, typed. What was typed stays until it worked. */
export function TypedSlipForm({ device, onSlip }: TypedSlipProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [number, setNumber] = useState('')
  const [state, setState] = useState<'open' | 'looking' | Fault>('open')
  const fields = useRef<HTMLFormElement>(null)
  const use = async (event: FormEvent) => {
    event.preventDefault()
    if (state === 'looking') return
    setState('looking')
    const found = await findTypedSlip(device, code, number).catch((): TypedSlip => ({ outcome: 'not-reached' }))
    if (found.outcome === 'found') onSlip(found.slip)
    else {
      setState(found.outcome)
      const about = ABOUT[found.outcome]
      if (about) fields.current?.querySelector<HTMLInputElement>(`[name=${about}]`)?.focus()
    }
  }
  const fault = state === 'open' || state === 'looking' ? null : state
  const tied = (name: 'code' | 'number') => {
    const isWrong = fault !== null && ABOUT[fault] === name
    return {
      name,
      'aria-invalid': isWrong || undefined,
      'aria-describedby': isWrong ? `typed-${name}-help typed-fault` : `typed-${name}-help`,
    }
  }
  const entry = { type: 'text', autoComplete: 'off', autoCorrect: 'off', spellCheck: false, lang: 'en' } as const
  return (
    <form ref={fields} className="typed-slip" onSubmit={(event) => void use(event)} aria-labelledby="typed-title">
      <h2 id="typed-title">{t('typed.title')}</h2>
      <label className="field">
        <span>{t('typed.code')}</span>
        <input
          {...entry}
          {...tied('code')}
          autoCapitalize="characters"
          value={code}
          onChange={(e) => setCode(e.target.value)}
        />
        <span className="help" id="typed-code-help">
          {t('typed.codeHelp')}
        </span>
      </label>
      <label className="field">
        <span>{t('typed.number')}</span>
        <input
          {...entry}
          {...tied('number')}
          inputMode="numeric"
          value={number}
          onChange={(e) => setNumber(e.target.value)}
        />
        <span className="help" id="typed-number-help">
          {t('typed.numberHelp')}
        </span>
      </label>
      {state !== 'open' && (
        <Notice live id="typed-fault" kind={state === 'looking' ? 'calm' : 'warning'}>
          <span data-typed={state}>{state === 'looking' ? t('typed.looking') : t(`typed.fault.${state}`)}</span>
        </Notice>
      )}
      <button type="submit" className="button secondary">
        {t('typed.go')}
      </button>
    </form>
  )
}
