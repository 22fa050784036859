import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'

interface ConfirmProps {
  readonly id: string
  /** What the first button says. */
  readonly label: string
  /** What will happen, and that it cannot be taken back. */
  readonly children: ReactNode
  /** What the second one says. */
  readonly yes: string
  readonly onYes: () => Promise<void> | void
}

/** For what cannot be taken back: says what happens, and asks once more. */
export function Confirm({ id, label, children, yes, onYes }: ConfirmProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const question = useRef<HTMLFieldSetElement>(null)
  const wasAsking = useRef(false)
  useEffect(() => {
    if (asking) question.current?.focus()
    else if (wasAsking.current) document.getElementById(id)?.focus()
    wasAsking.current = asking
  }, [asking, id])
  if (!asking)
    return (
      <Button id={id} kind="secondary" onClick={() => setAsking(true)}>
        {label}
      </Button>
    )
  return (
    <fieldset className="ask" ref={question} tabIndex={-1} aria-label={label}>
      {children}
      <div className="row">
        <Button
          id={`${id}-yes`}
          kind="danger"
          onClick={() => void Promise.resolve(onYes()).then(() => setAsking(false))}
        >
          {yes}
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          {t('cancel')}
        </Button>
      </div>
    </fieldset>
  )
}
