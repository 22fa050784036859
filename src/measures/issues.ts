import type { Analysis, Measure } from '#protocol/measures'
import type { Finding, Findings, FoundItem } from '#results/findings'
import { DISCLOSURE, type Plan, type PlannedMeasure, stateOf, untouchedAnalysis } from './plan.ts'

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
  const found = [...undisclosed, ...findings.issues]
  const known = new Set(found.map(({ issue }) => issue))
  // measures of an issue that the findings do not have any more, or that came from a year with other issues
  const planned = [...new Set(plan.measures.map(({ issue }) => issue))].filter((issue) => !known.has(issue))
  const others = planned.map((issue): Finding => ({ issue, named: [], others: [], hidden: [], oit: [] }))
  const answered = new Set(plan.measures.filter((one) => stateOf(one) !== 'given-up').flatMap(({ items }) => items))
  return [...found, ...others].map((one) => {
    const { issue } = one
    const analysis = plan.analyses.get(issue) ?? untouchedAnalysis(issue)
    const finding = withNamed(one, analysis.named)
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

/** How many issues respondents named something low in: what is not disclosed, nobody had to be asked about. */
export function toldCount(issues: readonly IssuePlan[]): number {
  return issues.filter(({ issue, finding }) => issue !== DISCLOSURE && weakIds(finding).length > 0).length
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
