import { useTranslation } from 'react-i18next'
import { may } from '#protocol/office'
import { Notice } from '#ui/notice.tsx'
import { useOffice } from '../asking/office-context.ts'
import { useLogWatch } from './log-watch.ts'

/** Says so when the log of acts no longer contains what this browser has seen of it. Viewers do not see the log. */
export function LogWarning() {
  const { t } = useTranslation()
  const { me } = useOffice()
  const state = useLogWatch(may(me, 'open'))
  if (state !== 'rewritten') return <span data-log={state ?? 'unseen'} hidden />
  return (
    <Notice kind="warning" live>
      <span data-log="rewritten">{t('log.rewritten')}</span>
    </Notice>
  )
}
