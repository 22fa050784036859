import { useTranslation } from 'react-i18next'
import { Notice } from '#ui/notice.tsx'
import type { Refused } from './ask.ts'

/** Why something was not done, in words that say how to mend it. */
export function RefusalNotice({ refused }: { refused: Refused | null }) {
  const { t, i18n } = useTranslation()
  if (!refused) return null
  const { refused: reason, detail = '', waitSeconds = 0 } = refused
  // a rule of a plan that is broken has words of its own
  const byDetail = `refused.detail.${detail}`
  const byReason = `refused.${reason}`
  const known = [byDetail, byReason].find((key) => i18n.exists(`office:${key}`))
  return (
    <Notice kind="warning" live>
      <span data-refused={reason}>
        {t((known ?? 'refused.other') as 'refused.other', { count: waitSeconds, reason, detail })}
      </span>
    </Notice>
  )
}
