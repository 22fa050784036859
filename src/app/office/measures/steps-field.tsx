import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { newStep, orderAfterMove, ordersBetween, type PlannedMeasure } from '#measures/plan'
import type { Step } from '#protocol/measures'
import { Button } from '#ui/button.tsx'
import { newId } from './new-id.ts'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'

const MOST_PASTED = 50

/** The steps of a measure, in order. Several lines that are pasted become several steps. */
export function StepsField({ measure }: { measure: PlannedMeasure }) {
  const { t } = useTranslation()
  const { desk, mayChange } = usePlan()
  const list = useRef<HTMLOListElement>(null)
  const { steps } = measure
  const rowsOf = (texts: readonly string[], after: number) =>
    ordersBetween(steps[after]?.order ?? null, steps[after + 1]?.order ?? null, texts.length).map((order, at) => ({
      id: newId(),
      content: newStep(measure.id, order, texts[at]),
    }))
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
                // more than a table of steps has is one text again
                const few = [...rest.slice(0, MOST_PASTED), rest.slice(MOST_PASTED).join('\n')].filter(Boolean)
                desk.changeAll([{ id, content: { ...step, text: first } }, ...rowsOf(few, index)])
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
            desk.changeAll(rowsOf([''], steps.length - 1))
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
        aria-disabled={index === 0 || undefined}
        onClick={() => move(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        className="link"
        aria-label={t('measures.stepDown', { n })}
        aria-disabled={index === steps.length - 1 || undefined}
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
