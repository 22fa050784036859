import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

/** What a tablet shows when its screens cannot be drawn. */
export function BrokenScreen() {
  const { t } = useTranslation('counter')
  return (
    <div className="counter" data-counter="broken">
      <Page title={t('broken.title')} pageKey="broken">
        <Notice kind="warning" live>
          {t('broken.text')}
        </Notice>
        <Button onClick={() => location.reload()}>{t('broken.again')}</Button>
      </Page>
    </div>
  )
}
