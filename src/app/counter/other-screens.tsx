import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import type { EmptyReason } from './stage.ts'

/** Long enough to be read by somebody of eighty, short enough for the next one in the queue. */
const THANKS_MS = 8000

export function ThanksScreen({ declined, onNext }: { declined: boolean; onNext: () => void }) {
  const { t } = useTranslation('counter')
  useEffect(() => {
    const timer = setTimeout(onNext, THANKS_MS)
    return () => clearTimeout(timer)
  }, [onNext])
  return (
    <Page title={t('thanks.title')} pageKey="thanks">
      <Notice kind="good" live>
        {t(declined ? 'thanks.declined' : 'thanks.text')}
      </Notice>
      <Button id="next-visitor" onClick={onNext}>
        {t('thanks.next')}
      </Button>
    </Page>
  )
}

/** No answers can be taken: why, for visitors; what to do, for officers. */
export function EmptyScreen({ why, onOfficer }: { why: EmptyReason; onOfficer: () => void }) {
  const { t } = useTranslation('counter')
  return (
    <Page title={t('empty.title')} pageKey="empty">
      <div data-empty={why}>
        <Notice kind="warning" live>
          {t(`empty.${why}`)}
        </Notice>
      </div>
      <Button kind="secondary" id="officer" onClick={onOfficer}>
        {t('attract.officer')}
      </Button>
    </Page>
  )
}
