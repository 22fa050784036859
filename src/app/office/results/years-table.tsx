import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#protocol/office'
import { targetOf } from '#results/findings'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { severalYears, type YearScore } from '#results/several-years'
import { Notice } from '#ui/notice.tsx'
import { Wide } from '#ui/wide.tsx'
import { useFormWords } from '../asking/use-form-words.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { loadEarlier } from './earlier-rounds.ts'

interface YearsTableProps {
  readonly round: RoundView
  readonly release: Release
  readonly forms: RoundForms
}

/** Kept results of this agency's earlier years beside this one; nothing where there are none. */
export function YearsTable({ round, release, forms }: YearsTableProps) {
  const { t } = useTranslation()
  const { indicatorName } = useFormWords()
  const load = useCallback(() => loadEarlier(round), [round])
  const { value } = useLoaded(load)
  if (!value || value.length === 0) return null
  const { fiscalYears, wholes, indicators, changed } = severalYears(release, value)
  const formOf = (id: string) =>
    [...Object.values(forms.year.lanes), forms.oit].find((form) => form.indicators.some((one) => one.id === id))?.id ??
    ''
  const rows = [
    ...wholes.map(({ key, scores }) => ({ key, scores, label: t(`years.row.${key}`) })),
    ...indicators.map(({ key, scores }) => ({
      key: `indicator-${key}`,
      scores,
      label: `${t('score.indicator', { id: key })} ${indicatorName(formOf(key), key)}`,
    })),
  ]
  return (
    <section data-years={fiscalYears.join(' ')}>
      <h2>{t('years.title')}</h2>
      {changed.length > 0 && (
        <Notice>
          <span data-years-changed>{t('years.changedNote', { years: changed.join(', ') })}</span>
        </Notice>
      )}
      <Wide label={t('years.title')}>
        <table className="counts">
          <thead>
            <tr>
              <th scope="col">{t('score.what')}</th>
              <th scope="col">
                <span className="unseen">{t('years.bars')}</span>
              </th>
              {fiscalYears.map((year) => (
                <th key={year} scope="col">
                  {year}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, scores }) => (
              <tr key={key} data-years-of={key}>
                <th scope="row">{label}</th>
                <td className="years-plot">
                  <YearBars scores={scores} target={targetOf(forms.year)} />
                </td>
                {scores.map((score, at) => (
                  <td key={fiscalYears[at]}>
                    <YearCell score={score} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  )
}

/** The years of one row as bars, with the target: small, and all on one scale. The numbers stand beside them. */
function YearBars({ scores, target }: { scores: readonly YearScore[]; target: number }) {
  const width = 100 / scores.length
  return (
    <svg className="years-bars" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {scores.map((score, at) =>
        typeof score === 'number' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: years stay in their places
          <rect key={at} x={at * width + 2} y={100 - score} width={width - 4} height={score} />
        ) : null,
      )}
      <line className="target" x1="0" x2="100" y1={100 - target} y2={100 - target} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

function YearCell({ score }: { score: YearScore }) {
  const { t } = useTranslation()
  if (score === 'changed') return <span className="small">{t('years.changed')}</span>
  return score === null ? '–' : score.toFixed(2)
}
