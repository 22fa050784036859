import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useIdle } from './use-idle.ts'

/** "Are you still here?" over the page, counting down, before everything of this visitor is wiped. */
export function IdleQuestion({ onGone }: { onGone: () => void }) {
  const { t } = useTranslation('counter')
  const { secondsLeft, stay } = useIdle(onGone)
  const button = useRef<HTMLButtonElement>(null)
  const asking = secondsLeft !== null
  useEffect(() => {
    if (asking) button.current?.focus()
  }, [asking])
  if (!asking) return null
  return (
    <div className="idle" role="alertdialog" aria-labelledby="idle-title" aria-describedby="idle-text">
      <div className="idle-card">
        <h2 id="idle-title">{t('idle.title')}</h2>
        <p id="idle-text" data-idle={secondsLeft}>
          {t('idle.text', { seconds: secondsLeft })}
        </p>
        <button type="button" ref={button} className="button primary" onClick={stay}>
          {t('idle.stay')}
        </button>
      </div>
    </div>
  )
}
