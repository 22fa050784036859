import { useTranslation } from 'react-i18next'
import { isOverdue, type PlannedMeasure, stateOf } from '#measures/plan'
import { PROGRESS_STATES, type ProgressState } from '#protocol/measures'
import { usePlan } from './plan-context.ts'

/** Which measures are shown; '' for all. */
export interface Filter {
  readonly unit: string
  readonly state: ProgressState | 'overdue' | ''
}

export const NO_FILTER: Filter = { unit: '', state: '' }

export function passes({ unit, state }: Filter, measure: PlannedMeasure, today: string): boolean {
  if (unit !== '' && !measure.units.includes(unit)) return false
  if (state === 'overdue') return isOverdue(measure, today)
  return state === '' || stateOf(measure) === state
}

/** Chooses by unit and by how far they are. */
export function PlanFilter({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const { plan } = usePlan()
  const units = [...new Set(plan.measures.flatMap((one) => one.units))].sort((a, b) => a.localeCompare(b, 'th'))
  return (
    <div className="row filter no-print">
      <label className="field">
        {t('measures.byUnit')}{' '}
        <select
          name="filter-unit"
          value={filter.unit}
          onChange={({ target }) => onFilter({ ...filter, unit: target.value })}
        >
          <option value="">{t('measures.all')}</option>
          {units.map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('measures.byState')}{' '}
        <select
          name="filter-state"
          value={filter.state}
          onChange={({ target }) => onFilter({ ...filter, state: target.value as Filter['state'] })}
        >
          <option value="">{t('measures.all')}</option>
          {PROGRESS_STATES.map((state) => (
            <option key={state} value={state}>
              {t(`measures.state.${state}`)}
            </option>
          ))}
          <option value="overdue">{t('measures.overdue')}</option>
        </select>
      </label>
    </div>
  )
}
