import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Baseline, difference } from '#results/baseline'
import type { Indicator, Item, Questionnaire } from '#survey/questionnaire'
import { Wide } from '#ui/wide.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { ALL_ITEMS, chosenItems, type ItemChoice, ItemFilter } from './item-filter.tsx'
import { Distribution } from './score-bar.tsx'
import type { ScoredPart } from './score-rows.ts'
import { signed } from './score-table.tsx'

interface ItemTablesProps {
  readonly parts: readonly ScoredPart[]
  readonly baseline: Baseline | null
  readonly target: number
}

/** Every item with its distribution; parts that were asked the same stand side by side. Searched, narrowed, and the lowest first. */
export function ItemTables({ parts, baseline, target }: ItemTablesProps) {
  const { formTitle } = useFormWords()
  const [choice, setChoice] = useState(ALL_ITEMS)
  const forms = [...new Set(parts.map(({ form }) => form))]
  return (
    <>
      <ItemFilter choice={choice} onChoice={setChoice} />
      {forms.map((form) => (
        <section key={form.id}>
          <h2>{formTitle(form.id)}</h2>
          {form.indicators.map((indicator) => (
            <IndicatorTable
              key={indicator.id}
              form={form}
              indicator={indicator}
              columns={parts.filter((one) => one.form === form)}
              baseline={baseline}
              choice={choice}
              target={target}
            />
          ))}
        </section>
      ))}
    </>
  )
}

interface IndicatorTableProps {
  readonly form: Questionnaire
  readonly indicator: Indicator
  readonly columns: readonly ScoredPart[]
  readonly baseline: Baseline | null
  readonly choice: ItemChoice
  readonly target: number
}

function IndicatorTable({ form, indicator, columns, baseline, choice, target }: IndicatorTableProps) {
  const { t } = useTranslation()
  const { indicatorName, itemText } = useFormWords()
  const items = chosenItems(choice, {
    items: indicator.items,
    columns,
    target,
    textOf: (id) => itemText(form.id, id),
  })
  if (items.length === 0) return null
  return (
    <Wide label={indicatorName(form.id, indicator.id)}>
      <table className="counts items">
        <caption>
          {t('score.indicator', { id: indicator.id })} {indicatorName(form.id, indicator.id)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('score.item')}</th>
            {columns.map(({ lane }) => (
              <th scope="col" key={lane}>
                {t(`score.short.${lane}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                {item.id} {itemText(form.id, item.id)}
              </th>
              {columns.map((column) => (
                <ItemCell
                  key={column.lane}
                  item={item}
                  column={column}
                  before={baseline?.items[column.lane]?.[item.id] ?? null}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

interface ItemCellProps {
  readonly item: Item
  readonly column: ScoredPart
  readonly before: number | null
}

function ItemCell({ item, column: { lane, form, part }, before }: ItemCellProps) {
  const { t } = useTranslation()
  const { optionWord } = useFormWords()
  const result = part.items[item.id]
  if (!result) return <td>–</td>
  // from the lowest option to the highest, as the questionnaire shows them
  const options = [...item.options].sort((a, b) => a.code - b.code)
  const inWords = options
    .map(
      (option) => `${optionWord(form.id, item.scale, item.options.indexOf(option))} ${result.counts[option.code] ?? 0}`,
    )
    .join(' · ')
  return (
    <td data-item={`${lane}-${item.id}`} data-part={t(`score.short.${lane}`)}>
      <strong>{result.score.toFixed(2)}</strong>{' '}
      {before !== null && <span className="small">({signed(difference(result.score, before))})</span>}
      <Distribution counts={result.counts} options={options} n={result.n} />
      <span className="small">{inWords}</span>
    </td>
  )
}
