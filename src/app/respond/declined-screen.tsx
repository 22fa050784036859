import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Page } from '#ui/page.tsx'

/** Thanks for somebody who never used the service; nothing is sealed and the ticket stays unused. */
export function DeclinedScreen({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  return (
    <Page title={t('declined.title')} pageKey="declined">
      <p className="lead">{t('declined.text')}</p>
      <Button kind="quiet" onClick={onBack}>
        {t('declined.back')}
      </Button>
    </Page>
  )
}
