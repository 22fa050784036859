import { useTranslation } from 'react-i18next'
import type { IssuePlan } from '#measures/issues'
import type { PlannedMeasure } from '#measures/plan'
import { AnalysisPart } from './analysis-part.tsx'
import { AddMeasure } from './library-picker.tsx'
import { MeasureCard } from './measure-card.tsx'
import { usePlan } from './plan-context.ts'
import { useIssueName } from './use-issue-name.ts'

interface IssueSectionProps {
  readonly issue: IssuePlan
  /** Those of its measures that pass the filter. */
  readonly shown: readonly PlannedMeasure[]
  readonly filtered: boolean
}

/** One issue: what was found, and what is to be done about it. */
export function IssueSection({ issue, shown, filtered }: IssueSectionProps) {
  const { t } = useTranslation()
  const { mayChange } = usePlan()
  const nameOf = useIssueName()
  const { measures } = issue
  return (
    <section className="issue" data-issue={issue.issue} aria-labelledby={`issue-${issue.issue}`}>
      <h2 id={`issue-${issue.issue}`}>{nameOf(issue.issue)}</h2>
      {!filtered && <AnalysisPart issue={issue} />}
      <h3>{t('measures.count', { count: measures.length })}</h3>
      {shown.map((measure) => (
        <MeasureCard key={measure.id} issue={issue} measure={measure} index={measures.indexOf(measure)} />
      ))}
      {mayChange && !filtered && <AddMeasure issue={issue} />}
    </section>
  )
}
