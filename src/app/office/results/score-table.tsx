import { useTranslation } from 'react-i18next'
import { difference } from '#results/baseline'
import { Wide } from '#ui/wide.tsx'
import { ScoreBar } from './score-bar.tsx'

export interface ScoreRow {
  readonly key: string
  readonly label: string
  readonly score: number
  readonly before: number | null
}

interface ScoreTableProps {
  readonly caption: string
  /** The year compared with; null where there is none. */
  readonly year: number | null
  readonly rows: readonly ScoreRow[]
  readonly target?: number
}

/** Scores as numbers and bars, beside those of an earlier year where one was chosen. */
export function ScoreTable({ caption, year, rows, target }: ScoreTableProps) {
  const { t } = useTranslation()
  return (
    <Wide label={caption}>
      <table className="counts scores">
        <caption>
          {caption}{' '}
          <span className="small">
            {target !== undefined && t('score.targetLegend', { target })} {year !== null && t('score.legend', { year })}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('score.what')}</th>
            <th scope="col">{t('score.now')}</th>
            {year !== null && <th scope="col">{t('score.before', { year })}</th>}
            {year !== null && <th scope="col">{t('score.change')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, score, before }) => (
            <tr key={key} data-score={key}>
              <th scope="row">
                {label}
                <ScoreBar score={score} before={before} target={target} />
              </th>
              <td className="now">{score.toFixed(2)}</td>
              {year !== null && <td>{before === null ? '–' : before.toFixed(2)}</td>}
              {year !== null && <td>{before === null ? '–' : signed(difference(score, before))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

/** With a sign, and a real minus: read out as such, and as wide as the plus. */
export function signed(value: number): string {
  if (value === 0) return '0.00'
  return `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`
}
