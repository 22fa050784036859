import { useTranslation } from 'react-i18next'
import type { Baseline } from '#results/baseline'
import { targetOf } from '#results/findings'
import type { Release } from '#results/release'
import { releasedIndicators } from '#results/released-indicators'
import type { RoundForms } from '#results/round-forms'
import { Wide } from '#ui/wide.tsx'
import { useFormWords } from '../asking/use-form-words.ts'

interface ColumnsProps {
  readonly release: Release
  readonly forms: RoundForms
  readonly baseline: Baseline | null
}

const HEIGHT = 120

/** All indicators side by side with the target as a line: which of them are low is seen at once. Each says its own numbers. */
export function IndicatorColumns({ release, forms, baseline }: ColumnsProps) {
  const { t } = useTranslation()
  const { indicatorName } = useFormWords()
  const target = targetOf(forms.year)
  const columns = releasedIndicators(release, forms)
  if (columns.length < 2) return null
  return (
    <Wide label={t('score.columns')}>
      <figure className="columns">
        <figcaption>{t('score.columnsOf', { target })}</figcaption>
        <ul>
          {columns.map(({ form, id, score }) => (
            <li key={id} data-column={id} className={score >= target ? 'reached' : 'missed'}>
              <strong>{score.toFixed(2)}</strong>
              <Column score={score} target={target} before={baseline?.indicators[id]} />
              <span>
                {id}. {indicatorName(form.id, id)}
              </span>
            </li>
          ))}
        </ul>
      </figure>
    </Wide>
  )
}

interface ColumnProps {
  readonly score: number
  readonly target: number
  readonly before: number | undefined
}

/** One column of 100, with the line and a mark where it was the year before. The numbers stand above it. */
function Column({ score, target, before }: ColumnProps) {
  const y = (value: number) => HEIGHT - (HEIGHT * value) / 100
  return (
    <svg aria-hidden="true" width="100%" height={HEIGHT}>
      <rect className="track" x="15%" width="70%" height={HEIGHT} rx="3" />
      <rect className="fill" x="15%" width="70%" y={y(score)} height={HEIGHT - y(score)} rx="3" />
      <line className="target" x1="0" x2="100%" y1={y(target)} y2={y(target)} />
      {before !== undefined && <rect className="mark" x="8%" width="84%" y={y(before)} height="3" />}
    </svg>
  )
}
