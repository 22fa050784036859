import { useTranslation } from 'react-i18next'
import type { Lane } from '#protocol/lane'
import { questionnaire } from '#results/questionnaires'
import type { Release } from '#results/release'
import type { PartResult } from '#results/scorecard'
import type { Indicator, Item } from '#survey/questionnaire'
import { Wide } from '#ui/wide.tsx'
import { baselineItem, difference } from './baseline.ts'
import { Distribution } from './score-bar.tsx'
import { partsOf } from './score-rows.ts'
import { signed } from './score-table.tsx'

interface Column {
  readonly lane: Lane
  readonly part: PartResult
}

/** Every item with its distribution; EIT Public beside Survey. */
export function ItemTables({ release }: { release: Release }) {
  const { t } = useTranslation()
  const parts = partsOf(release)
  const instruments = ['iit-2566', 'eit-2566']
    .map((form) => ({ form, columns: parts.filter((one) => one.form === form) }))
    .filter(({ columns }) => columns.length > 0)
  return (
    <>
      {instruments.map(({ form, columns }) => (
        <section key={form}>
          <h2>{t(`${form}:title`)}</h2>
          {questionnaire(form).indicators.map((indicator) => (
            <IndicatorTable key={indicator.id} form={form} indicator={indicator} columns={columns} />
          ))}
        </section>
      ))}
    </>
  )
}

interface IndicatorTableProps {
  readonly form: string
  readonly indicator: Indicator
  readonly columns: readonly Column[]
}

function IndicatorTable({ form, indicator, columns }: IndicatorTableProps) {
  const { t } = useTranslation(['admin', form])
  return (
    <Wide label={t(`${form}:indicator.${indicator.id}`)}>
      <table className="counts items">
        <caption>
          {t('score.indicator', { id: indicator.id })} {t(`${form}:indicator.${indicator.id}`)}
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
          {indicator.items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                {item.id} {t(`${form}:item.${item.id}.text`)}
              </th>
              {columns.map((column) => (
                <ItemCell key={column.lane} item={item} column={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

function ItemCell({ item, column: { lane, part } }: { item: Item; column: Column }) {
  const { t } = useTranslation(['admin', 'respond'])
  const result = part.items[item.id]
  if (!result) return <td>–</td>
  const before = baselineItem(lane, item.id)
  const scale = item.options.length === 2 ? 'yesNo' : 'level'
  // from the lowest option to the highest, as the questionnaire shows them
  const options = [...item.options].sort((a, b) => a.code - b.code)
  const inWords = options
    .map(({ code }) => `${t(`respond:scale.${scale}.${code}`)} ${result.counts[code] ?? 0}`)
    .join(' · ')
  return (
    <td data-item={`${lane}-${item.id}`}>
      <strong>{result.score.toFixed(2)}</strong>{' '}
      {before !== null && <span className="small">({signed(difference(result.score, before))})</span>}
      <Distribution counts={result.counts} options={options} n={result.n} />
      <span className="small">{inWords}</span>
    </td>
  )
}
