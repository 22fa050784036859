import { useTranslation } from 'react-i18next'
import { Wide } from '#ui/wide.tsx'
import { difference } from './baseline.ts'
import { ScoreBar } from './score-bar.tsx'

export interface ScoreRow {
  readonly key: string
  readonly label: string
  readonly score: number
  readonly before: number | null
}

interface ScoreTableProps {
  readonly caption: string
  readonly year: number
  readonly rows: readonly ScoreRow[]
}

/** Scores beside those of the year before, as numbers and bars. */
export function ScoreTable({ caption, year, rows }: ScoreTableProps) {
  const { t } = useTranslation()
  return (
    <Wide label={caption}>
      <table className="counts scores">
        <caption>
          {caption} <span className="small">{t('score.legend', { year })}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('score.what')}</th>
            <th scope="col">{t('score.now')}</th>
            <th scope="col">{t('score.before', { year })}</th>
            <th scope="col">{t('score.change')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, score, before }) => (
            <tr key={key} data-score={key}>
              <th scope="row">
                {label}
                <ScoreBar score={score} before={before} />
              </th>
              <td className="now">{score.toFixed(2)}</td>
              <td>{before === null ? '–' : before.toFixed(2)}</td>
              <td>{before === null ? '–' : signed(difference(score, before))}</td>
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
