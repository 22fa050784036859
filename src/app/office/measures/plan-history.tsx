import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import type { MeasureRow } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { ask } from '../asking/ask.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { useLoaded } from '../asking/use-loaded.ts'
import { usePlan } from './plan-context.ts'

/** Who changed what and when, and the way back to it. */
export function PlanHistory() {
  const { t, i18n } = useTranslation()
  const { round, desk, mayChange } = usePlan()
  const load = useCallback(() => ask('GET /rounds/:cid/measure-history', { cid: round.cid }), [round.cid])
  const { value, refused } = useLoaded(load)
  const format = new Intl.DateTimeFormat(INTL_LOCALES[languageOf(i18n.language)], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Bangkok',
  })
  if (!value) return <RefusalNotice refused={refused} />
  return (
    <ul className="history">
      {value.changes.map((change) => (
        <li key={change.seq} data-change={change.seq}>
          <p className="small">
            {format.format(new Date(change.at))} · {change.by} · {t(`measures.kind.${change.content.kind}`)}
            {change.removed && ` · ${t('measures.removed')}`}
          </p>
          <p lang="th">{wordsOf(change)}</p>
          {mayChange && (
            <Button kind="quiet" onClick={() => desk.change(change.id, change.content)}>
              {t('measures.restore')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What a row is about, in its own words. */
function wordsOf({ content }: MeasureRow): string {
  if (content.kind === 'frame') return [content.signatory, content.post, content.standing].filter(Boolean).join(' · ')
  if (content.kind === 'publication') return content.name
  const { text } = content
  return text === null || text === '' ? '…' : text
}
