import type { Analysis, Measure } from '#protocol/measures'
import type { Finding, Findings, FoundItem } from '#results/findings'
import { DISCLOSURE, type Plan, type PlannedMeasure, untouchedAnalysis } from './plan.ts'

/** One issue of a plan: what was found, what was made of it, and what is to be done. */
export interface IssuePlan {
  readonly issue: string
  /** What was found, with the items that a person chose to name. */
  readonly finding: Finding
  readonly analysis: Analysis
  /** Whether the figures changed since somebody wrote the paragraph. */
  readonly figuresChanged: boolean
  readonly measures: readonly PlannedMeasure[]
  /** Items below the target that are named, of other measures of the plan, or waived by nobody. */
  readonly open: readonly string[]
}

/** Everything that needs doing something about, in the order of the documents; what is not disclosed comes first. */
export function issuesOf(findings: Findings, plan: Plan): IssuePlan[] {
  const undisclosed: Finding[] = findings.undisclosed.length > 0 ? [disclosureFinding(findings.undisclosed)] : []
  const answered = new Set(plan.measures.flatMap(({ items }) => items))
  return [...undisclosed, ...findings.issues].map((found) => {
    const { issue } = found
    const analysis = plan.analyses.get(issue) ?? untouchedAnalysis(issue)
    const finding = withNamed(found, analysis.named)
    const waived = new Set(analysis.waived.map(({ item }) => item))
    return {
      ...{ issue, finding, analysis },
      figuresChanged: analysis.text !== null && analysis.figures !== figuresOf(finding),
      measures: plan.measures.filter((measure) => measure.issue === issue),
      open: weakIds(finding).filter((item) => !answered.has(item) && !waived.has(item)),
    }
  })
}

/** Whether an issue belongs into the documents: something is weak, or somebody planned something. */
export function isInPlan({ finding, measures }: IssuePlan): boolean {
  return weakIds(finding).length > 0 || measures.length > 0
}

/** Ids of all that is below the target in an issue, the named ones first. */
export function weakIds({ issue, named, others, oit }: Finding): string[] {
  if (issue === DISCLOSURE) return oit.map(({ id }) => id)
  return [...named, ...others].map(({ id }) => id)
}

/** What is not disclosed, as an issue among the others. */
function disclosureFinding(ids: readonly string[]): Finding {
  return { issue: DISCLOSURE, named: [], others: [], hidden: [], oit: ids.map((id) => ({ id, score: 0 })) }
}

/** A finding that names what a person chose. Items that may not be shown any more, or are no longer weak, are not named. */
function withNamed(finding: Finding, chosen: readonly string[] | null): Finding {
  if (chosen === null) return finding
  const weak = [...finding.named, ...finding.others].sort((one, other) => one.score - other.score)
  const isNamed = ({ id }: FoundItem) => chosen.includes(id)
  return { ...finding, named: weak.filter(isNamed), others: weak.filter((item) => !isNamed(item)) }
}

/** The figures that a paragraph is written with: when they change, its text may be wrong. */
export function figuresOf({ named, oit }: Finding): string {
  const scores = named.map(({ id, score }) => `${id}=${score.toFixed(2)}`)
  return [...scores, ...oit.map(({ id, score }) => `${id}=${score ?? '-'}`)].join(' ')
}

/** What a measure answers of its own issue, in the order of the finding. */
export function itemsIn({ items }: Pick<Measure, 'items'>, finding: Finding): string[] {
  const weak = weakIds(finding)
  return [...weak.filter((id) => items.includes(id)), ...items.filter((id) => !weak.includes(id))]
}
