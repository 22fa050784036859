import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'

/** Offers a new version at a safe moment. */
export function UpdateBar({ onApply }: { onApply: () => void }) {
  const { t } = useTranslation()
  return (
    <aside className="update-bar" aria-live="polite">
      <p>{t('update.ready')}</p>
      <Button kind="secondary" onClick={onApply}>
        {t('update.apply')}
      </Button>
    </aside>
  )
}
