import { useTranslation } from 'react-i18next'
import { fiscalYearDays, measuresYear } from '#measures/fiscal-year'
import type { Measure } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { DayField } from '../asking/day-field.tsx'
import { usePlan } from './plan-context.ts'

interface PeriodFieldProps {
  readonly id: string
  readonly measure: Pick<Measure, 'from' | 'to'>
  readonly onPeriod: (days: Partial<Pick<Measure, 'from' | 'to'>>) => void
}

/** From when to when; the fiscal year after the measured one is proposed. */
export function PeriodField({ id, measure: { from, to }, onPeriod }: PeriodFieldProps) {
  const { t } = useTranslation()
  const { release, mayChange } = usePlan()
  const days = fiscalYearDays(measuresYear(release.fiscalYear))
  if (from === '' || to === '')
    return (
      <div className="row">
        <span>{t('measures.noPeriod')}</span>
        {mayChange && (
          <Button kind="quiet" onClick={() => onPeriod(days)}>
            {t('measures.fiscalYear', { year: measuresYear(release.fiscalYear) })}
          </Button>
        )}
      </div>
    )
  return (
    <div className="period">
      <DayField
        label={t('measures.from')}
        name={`from-${id}`}
        value={from}
        disabled={!mayChange}
        onChange={(day) => onPeriod({ from: day })}
      />
      <DayField
        label={t('measures.to')}
        name={`to-${id}`}
        value={to}
        disabled={!mayChange}
        onChange={(day) => onPeriod({ to: day })}
      />
      {from > to && <span className="error">{t('measures.backwards')}</span>}
      {from <= to && (from < days.from || to > days.to) && (
        <span className="error">{t('measures.outside', { year: measuresYear(release.fiscalYear) })}</span>
      )}
    </div>
  )
}
