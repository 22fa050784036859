import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import type { More } from './use-more.ts'

/** The ways to "how can I check this?" and to the published receipts. */
export function MoreLinks({ more }: { more: More }) {
  const { t } = useTranslation()
  return (
    <nav className="more-links" aria-label={t('more.label')}>
      <Button kind="quiet" id="more-check" onClick={() => more.open('check')}>
        {t('more.check')}
      </Button>
      <Button kind="quiet" id="more-receipts" onClick={() => more.open('receipts')}>
        {t('more.receipts')}
      </Button>
      <a className="button quiet" id="more-witness" href="/check">
        {t('more.witness')}
      </a>
      {more.unavailable && (
        <Notice kind="warning" live>
          {t('more.unavailable')}
        </Notice>
      )}
    </nav>
  )
}
