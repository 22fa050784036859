import { useTranslation } from 'react-i18next'
import type { Item } from '#survey/questionnaire'
import type { ScoredPart } from './score-rows.ts'

/** Which items are shown, and in which order. */
export interface ItemChoice {
  readonly text: string
  /** Only those below the target in one of the parts. */
  readonly below: boolean
  readonly order: 'asked' | 'lowest'
}

export const ALL_ITEMS: ItemChoice = { text: '', below: false, order: 'asked' }

interface Choosing {
  readonly items: readonly Item[]
  readonly columns: readonly ScoredPart[]
  readonly target: number
  readonly textOf: (id: string) => string
}

/** The items of an indicator that pass a choice. */
export function chosenItems({ text, below, order }: ItemChoice, { items, columns, target, textOf }: Choosing): Item[] {
  const wanted = text.trim().toLocaleLowerCase()
  const lowest = ({ id }: Item) =>
    Math.min(...columns.map(({ part }) => part.items[id]?.score ?? Number.POSITIVE_INFINITY))
  const passing = items.filter(
    (item) =>
      (!below || lowest(item) < target) &&
      (wanted === '' || `${item.id} ${textOf(item.id)}`.toLocaleLowerCase().includes(wanted)),
  )
  return order === 'asked' ? passing : passing.sort((one, other) => lowest(one) - lowest(other))
}

/** Searches, narrows and orders the tables of items. Not printed: paper has them all. */
export function ItemFilter({ choice, onChoice }: { choice: ItemChoice; onChoice: (choice: ItemChoice) => void }) {
  const { t } = useTranslation()
  return (
    <div className="row item-filter no-print">
      <label className="field">
        {t('score.search')}{' '}
        <input
          type="search"
          name="item-search"
          value={choice.text}
          onChange={({ target }) => onChoice({ ...choice, text: target.value })}
        />
      </label>
      <label className="field">
        {t('score.order')}{' '}
        <select
          name="item-order"
          value={choice.order}
          onChange={({ target }) => onChoice({ ...choice, order: target.value === 'lowest' ? 'lowest' : 'asked' })}
        >
          <option value="asked">{t('score.orderAsked')}</option>
          <option value="lowest">{t('score.orderLowest')}</option>
        </select>
      </label>
      <label className="chip">
        <input
          type="checkbox"
          name="item-below"
          checked={choice.below}
          onChange={({ target }) => onChoice({ ...choice, below: target.checked })}
        />{' '}
        {t('score.onlyBelow')}
      </label>
    </div>
  )
}
