import { useTranslation } from 'react-i18next'
import { type PlannedMeasure, percentOf } from '#measures/plan'
import type { Measure } from '#protocol/measures'
import { PROGRESS_STATES, type Step } from '#protocol/measures'
import { dayInWords } from '../asking/days.ts'
import { EvidenceField } from './evidence-field.tsx'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'
import { useRow } from './use-row.ts'

/** How far a measure is: step by step, and what came of it. */
export function MeasureProgress({ measure }: { measure: PlannedMeasure }) {
  const { t } = useTranslation()
  const { id, steps, ...content } = measure
  const change = useRow<Measure>(id, content)
  return (
    <>
      {steps.map(({ id: step, ...one }, index) => (
        <StepProgress key={step} id={step} step={one} index={index} />
      ))}
      <PercentField measure={measure} onPercent={(percent) => change({ percent })} />
      {(['outcome', 'obstacles', 'next', 'givenUp'] as const).map((field) => (
        <ProseField
          key={field}
          label={t(`measures.${field}`)}
          row={id}
          field={field}
          value={measure[field]}
          onChange={(text) => change({ [field]: text })}
        />
      ))}
      <EvidenceField id={id} evidence={measure.evidence} onEvidence={(evidence) => change({ evidence })} />
    </>
  )
}

function StepProgress({ id, step, index }: { id: string; step: Step; index: number }) {
  const { t, i18n } = useTranslation()
  const { desk, mayChange, today } = usePlan()
  return (
    <fieldset className="step-progress">
      <legend>
        {t('measures.step', { n: index + 1 })}: <span lang="th">{step.text}</span>
      </legend>
      <select
        aria-label={t('measures.stepState', { n: index + 1 })}
        data-state-of={id}
        value={step.state}
        disabled={!mayChange}
        onChange={({ target }) => desk.change(id, { ...step, state: target.value as Step['state'], on: today })}
      >
        {PROGRESS_STATES.map((state) => (
          <option key={state} value={state}>
            {t(`measures.state.${state}`)}
          </option>
        ))}
      </select>{' '}
      {step.on !== '' && (
        <span className="small">{t('measures.since', { day: dayInWords(step.on, i18n.language) })}</span>
      )}
      <ProseField
        label={t('measures.result')}
        row={id}
        field="result"
        value={step.result}
        onChange={(result) => desk.change(id, { ...step, result })}
      />
    </fieldset>
  )
}

const TENTHS = Array.from({ length: 11 }, (_, index) => index * 10)

/** Percent done: counted from the steps, or as somebody says. */
function PercentField({
  measure,
  onPercent,
}: {
  measure: PlannedMeasure
  onPercent: (percent: number | null) => void
}) {
  const { t } = useTranslation()
  const { mayChange } = usePlan()
  const counted = percentOf({ ...measure, percent: null })
  return (
    <div className="field">
      <label htmlFor={`percent-${measure.id}`}>{t('measures.percent')}</label>
      <select
        id={`percent-${measure.id}`}
        value={measure.percent ?? ''}
        disabled={!mayChange}
        onChange={({ target }) => onPercent(target.value === '' ? null : Number(target.value))}
      >
        <option value="">{t('measures.counted', { count: counted })}</option>
        {TENTHS.map((percent) => (
          <option key={percent} value={percent}>
            {percent}%
          </option>
        ))}
      </select>
    </div>
  )
}
