import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import type { Answer, Refused } from '../asking/ask.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { showPasskey } from './passkey.ts'
import { PasswordForm } from './password-form.tsx'

type End = (proven: boolean) => void

/** Asks for a new proof where the collector wants one, and then does what was asked for. */
export function useProof() {
  const [asked, setAsked] = useState(false)
  const waiting = useRef<End | null>(null)
  const end = useCallback<End>((proven) => {
    setAsked(false)
    waiting.current?.(proven)
    waiting.current = null
  }, [])
  const withProof = useCallback(async <T,>(act: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    const first = await act()
    if (!('refused' in first) || first.refused !== 'prove-again') return first
    const proven = await new Promise<boolean>((resolve) => {
      // one question at a time: an earlier act is told that it was not proven
      waiting.current?.(false)
      waiting.current = resolve
      setAsked(true)
    })
    return proven ? act() : first
  }, [])
  return { asked, end, withProof }
}

/** Shows over everything until one has proven who one is, or gives up. */
export function ProofDialog({ name, onEnd }: { name: string; onEnd: End }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // closed before it goes: the focus returns to where it was
    return () => shown?.close()
  }, [])
  const answered = (answer: Answer<unknown>) => {
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer) onEnd(true)
  }
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="proof-title" onCancel={() => onEnd(false)}>
      <h2 id="proof-title">{t('proof.title')}</h2>
      <p>{t('proof.lead', { name })}</p>
      <div className="row">
        <Button id="prove" onClick={() => void showPasskey('/prove').then(answered)}>
          {t('signIn.withPasskey')}
        </Button>
        <Button kind="quiet" onClick={() => onEnd(false)}>
          {t('cancel')}
        </Button>
      </div>
      <RefusalNotice refused={refused} />
      <Disclosure summary={t('signIn.other')}>
        <PasswordForm to="/prove" name={name} onAnswer={answered} />
      </Disclosure>
    </dialog>
  )
}
