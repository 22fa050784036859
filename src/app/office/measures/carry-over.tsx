import { useTranslation } from 'react-i18next'
import { stateOf } from '#measures/plan'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { usePlan } from './plan-context.ts'
import { originOf, useAdding } from './use-adding.ts'

/** What was not finished the year before, offered until somebody took it over. */
export function CarryOver() {
  const { t } = useTranslation()
  const { earlier, plan, mayChange } = usePlan()
  const { carry } = useAdding()
  const taken = new Set(plan.measures.map(({ origin }) => origin))
  const left = earlier.filter((one) => {
    const state = stateOf(one)
    return state !== 'done' && state !== 'given-up' && !taken.has(originOf(one))
  })
  if (left.length === 0 || !mayChange) return null
  return (
    <Notice>
      <span data-carry={left.length}>{t('measures.unfinished', { count: left.length })}</span>{' '}
      <Button
        id="carry-over"
        kind="secondary"
        onClick={() => {
          for (const [index, one] of left.entries()) carry(one, 1000 + index)
        }}
      >
        {t('measures.carry')}
      </Button>
    </Notice>
  )
}
