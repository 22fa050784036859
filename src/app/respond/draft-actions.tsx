import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

/** What may be done with a draft that came back: be warned of it, and delete it after being asked. */
export function DraftActions({ onDiscard }: { onDiscard: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const keep = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asking) keep.current?.querySelector('button')?.focus()
  }, [asking])
  return (
    <>
      <Notice>{t('welcome.draftWarning')}</Notice>
      {asking ? (
        <div
          ref={keep}
          className="ask"
          role="alertdialog"
          aria-label={t('welcome.discard')}
          aria-describedby="discard-ask"
        >
          <p id="discard-ask">{t('welcome.discardAsk')}</p>
          <div className="row">
            <Button kind="secondary" onClick={() => setAsking(false)}>
              {t('welcome.discardNo')}
            </Button>
            <Button kind="danger" onClick={onDiscard}>
              {t('welcome.discardYes')}
            </Button>
          </div>
        </div>
      ) : (
        <Button kind="quiet" onClick={() => setAsking(true)}>
          {t('welcome.discard')}
        </Button>
      )}
    </>
  )
}
