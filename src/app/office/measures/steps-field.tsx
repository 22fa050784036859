import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { newStep, orderAfterMove, orderBetween, type PlannedMeasure } from '#measures/plan'
import type { Step } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { newId } from './new-id.ts'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'

/** The steps of a measure, in order. Several lines that are pasted become several steps. */
export function StepsField({ measure }: { measure: PlannedMeasure }) {
  const { t } = useTranslation()
  const { desk, mayChange } = usePlan()
  const list = useRef<HTMLOListElement>(null)
  const { steps } = measure
  const add = (texts: readonly string[], after: number) => {
    const next = steps[after + 1]?.order ?? null
    let order = steps[after]?.order ?? null
    for (const text of texts) {
      order = orderBetween(order, next)
      desk.change(newId(), newStep(measure.id, order, text))
    }
  }
  const focusLast = () => {
    requestAnimationFrame(() => {
      const areas = list.current?.querySelectorAll('textarea')
      areas?.[areas.length - 1]?.focus()
    })
  }
  return (
    <fieldset className="steps-field">
      <legend>{t('measures.steps')}</legend>
      <ol ref={list}>
        {steps.map(({ id, ...step }, index) => (
          <li key={id}>
            <ProseField
              label={t('measures.step', { n: index + 1 })}
              quietLabel
              row={id}
              field="text"
              value={step.text}
              onChange={(text) => desk.change(id, { ...step, text })}
              onLines={([first = '', ...rest]) => {
                desk.change(id, { ...step, text: first })
                add(rest, index)
              }}
            />
            {mayChange && <StepMovers step={{ id, ...step }} steps={steps} index={index} />}
          </li>
        ))}
      </ol>
      {mayChange && (
        <Button
          kind="quiet"
          onClick={() => {
            add([''], steps.length - 1)
            focusLast()
          }}
        >
          {t('measures.addStep')}
        </Button>
      )}
    </fieldset>
  )
}

interface MoversProps {
  readonly step: Step & { readonly id: string }
  readonly steps: PlannedMeasure['steps']
  readonly index: number
}

/** Moves a step by one place, or takes it away: by keyboard as by mouse. */
function StepMovers({ step: { id, ...step }, steps, index }: MoversProps) {
  const { t } = useTranslation()
  const { desk } = usePlan()
  const move = (by: -1 | 1) => {
    const order = orderAfterMove(steps, index, by)
    if (order !== null) desk.change(id, { ...step, order })
  }
  const n = index + 1
  return (
    <span className="movers">
      <button
        type="button"
        className="link"
        aria-label={t('measures.stepUp', { n })}
        disabled={index === 0}
        onClick={() => move(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        className="link"
        aria-label={t('measures.stepDown', { n })}
        disabled={index === steps.length - 1}
        onClick={() => move(1)}
      >
        ↓
      </button>
      <button
        type="button"
        className="link"
        aria-label={t('measures.stepRemove', { n })}
        onClick={() => desk.change(id, step, true)}
      >
        ×
      </button>
    </span>
  )
}
