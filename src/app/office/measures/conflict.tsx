import { useTranslation } from 'react-i18next'
import { fieldOf } from '#measures/held-row'
import { FIRST_LANGUAGE } from '#protocol/language'
import { Button } from '#ui/button.tsx'
import { usePlan } from './plan-context.ts'

/** What somebody else wrote in a text that one changed, too, beside one's own: one of them is chosen. */
export function Conflict({ row, field }: { row: string; field: string }) {
  const { t } = useTranslation()
  const { desk, state } = usePlan()
  const held = state.rows.get(row)
  const conflict = held?.conflicts[field]
  if (!held || !conflict) return null
  const words = (value: unknown) => (typeof value === 'string' ? value : t('measures.draftStands'))
  return (
    <div className="notice warning" role="status" data-conflict={field}>
      <p>{t('measures.conflict', { by: conflict.by })}</p>
      <blockquote lang={FIRST_LANGUAGE}>{words(conflict.theirs)}</blockquote>
      <blockquote lang={FIRST_LANGUAGE}>{words(fieldOf(held.content, field))}</blockquote>
      <div className="row">
        <Button kind="secondary" onClick={() => desk.settle(row, field, 'theirs')}>
          {t('measures.takeTheirs')}
        </Button>
        <Button kind="secondary" onClick={() => desk.settle(row, field, 'own')}>
          {t('measures.keepOwn')}
        </Button>
      </div>
    </div>
  )
}
