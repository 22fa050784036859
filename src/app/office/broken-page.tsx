import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

/** In the place of a page that cannot be drawn. Other pages, and an opened box in this browser, are still there. */
export function BrokenPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('broken.title')} pageKey="broken">
      <Notice kind="warning" live>
        <span data-broken>{t('broken.text')}</span>
      </Notice>
      <Button id="reload" onClick={() => location.reload()}>
        {t('broken.again')}
      </Button>
    </Page>
  )
}
