import { useTranslation } from 'react-i18next'
import type { PlannedMeasure } from '#measures/plan'
import type { Measure } from '#protocol/measures'
import { LineField } from './line-field.tsx'
import { usePlan } from './plan-context.ts'
import { ProseField } from './prose-field.tsx'

interface TargetsFieldProps {
  readonly measure: PlannedMeasure
  readonly onTargets: (fields: Partial<Measure>) => void
}

/** How success is seen: which score each item should reach next time, and in words. */
export function TargetsField({ measure, onTargets }: TargetsFieldProps) {
  const { t } = useTranslation()
  const { findings } = usePlan()
  const scoreOf = (item: string) => measure.targets.find((one) => one.item === item)?.score
  // of what is not disclosed there is nothing between 0 and 100
  const asked = measure.items.filter((item) =>
    findings.issues.some(({ named, others }) => [...named, ...others].some(({ id }) => id === item)),
  )
  const set = (item: string, text: string) => {
    const others = measure.targets.filter((one) => one.item !== item)
    const score = Number(text)
    const isScore = text !== '' && Number.isFinite(score) && score >= 0 && score <= 100
    onTargets({ targets: isScore ? [...others, { item, score }] : others })
  }
  return (
    <fieldset className="targets">
      <legend>{t('measures.success')}</legend>
      {asked.map((item) => (
        <LineField
          key={item}
          type="number"
          label={t('measures.target', { item })}
          name={`target-${measure.id}-${item}`}
          value={scoreOf(item)?.toString() ?? ''}
          onChange={(text) => set(item, text)}
        />
      ))}
      <ProseField
        label={t('measures.successWords')}
        quietLabel
        row={measure.id}
        field="success"
        value={measure.success}
        onChange={(success) => onTargets({ success })}
      />
    </fieldset>
  )
}
