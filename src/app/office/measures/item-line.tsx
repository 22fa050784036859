import { useTranslation } from 'react-i18next'
import type { Finding } from '#results/findings'
import { useFormWords } from '../asking/use-form-words.ts'
import { signed } from '../results/score-table.tsx'
import { usePlan } from './plan-context.ts'

/** An item with its score, its words and its change to the year before. */
export function ItemLine({ item, finding }: { item: string; finding: Finding }) {
  const { t } = useTranslation()
  const textOf = useItemText()
  const found = [...finding.named, ...finding.others].find(({ id }) => id === item)
  return (
    <>
      <strong>{(found?.score ?? 0).toFixed(2)}</strong> {item} {textOf(item)}{' '}
      {found && found.change !== null && (
        <span className="small">{t('findings.change', { change: signed(found.change) })}</span>
      )}
    </>
  )
}

/** Words of an item of any of the round's questionnaires. */
function useItemText(): (item: string) => string {
  const { forms } = usePlan()
  const { itemText } = useFormWords()
  const all = [...Object.values(forms.year.lanes), forms.oit]
  return (item) => {
    const form = all.find(({ itemById }) => itemById.has(item))
    return form ? itemText(form.id, item) : ''
  }
}
