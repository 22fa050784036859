import { useTranslation } from 'react-i18next'
import type { Questionnaire } from '#survey/questionnaire'
import { Wide } from '#ui/wide.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { Duty } from './oit-duty.tsx'
import { isUnproven, NOT_LOOKED_AT, type OitTick, type OitTicks } from './oit-paper.ts'

interface OitDueListProps {
  readonly form: Questionnaire
  readonly ticks: OitTicks
  /** Shows an item among the others. */
  readonly onItem: (id: string) => void
}

/** What was given to somebody and is not done: what is due first comes first. Nothing while nothing was given. */
export function OitDueList({ form, ticks, onItem }: OitDueListProps) {
  const { t } = useTranslation()
  const { itemText } = useFormWords()
  const due = dutiesIn(form, ticks)
  if (due.length === 0) return null
  return (
    <section data-due-list={due.length}>
      <h2>{t('oit.dueList', { count: due.length })}</h2>
      <Wide label={t('oit.dueList', { count: due.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('oit.item')}</th>
              <th scope="col">{t('oit.missing')}</th>
              <th scope="col">{t('oit.who')}</th>
            </tr>
          </thead>
          <tbody>
            {due.map(({ id, tick }) => (
              <tr key={id} data-due={id}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onItem(id)}>
                    {id} {itemText(form.id, id)}
                  </button>
                </th>
                <td>{t(tick.disclosed ? 'oit.missingProof' : 'oit.missingPage')}</td>
                <td>
                  <Duty tick={tick} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  )
}

function dutiesIn({ items }: Questionnaire, ticks: OitTicks): { readonly id: string; readonly tick: OitTick }[] {
  return items
    .map(({ id }) => ({ id, tick: ticks[id] ?? NOT_LOOKED_AT }))
    .filter(({ tick }) => (tick.unit !== '' || tick.due !== '') && (!tick.disclosed || isUnproven(tick)))
    .sort((a, b) => orderOf(a.tick).localeCompare(orderOf(b.tick)))
}

/** Without a day: after all days. */
function orderOf({ due }: OitTick): string {
  return due || '9999'
}
