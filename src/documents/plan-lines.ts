import { weakIds } from '#measures/issues'
import { DISCLOSURE, percentOf, stateOf } from '#measures/plan'
import { foundItems } from '#results/findings'
import { inPlanOf, issueName, itemText, measureTargets } from './in-plan.ts'
import type { DocumentInput } from './input.ts'
import { FINDING_COLUMNS, MEASURE_COLUMNS } from './plan-columns.ts'

/** One cell: a text, a number, or a day (2026-12-01) that a spreadsheet shall know as one. */
export type PlanCell = string | number | { readonly day: string } | null

/** A table of the plan: its columns by name, and its rows. */
export interface PlanTable<Column extends string> {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly PlanCell[])[]
}

/** Every item below the target: where it stands, whether the analysis names it, and what answers it. */
export function findingTable(input: DocumentInput): PlanTable<(typeof FINDING_COLUMNS)[number]> {
  const { words, release, forms, baseline, plan, questionnaires } = input
  const scores = foundItems(release, forms, baseline)
  const rows = inPlanOf(input).flatMap(({ issue, finding, analysis }) =>
    weakIds(finding).map((item): PlanCell[] => {
      const answers = plan.measures.filter(({ items }) => items.includes(item)).map(({ text }) => text)
      const waived = analysis.waived.find((one) => one.item === item)
      const isNamed = finding.named.some(({ id }) => id === item) || issue === DISCLOSURE
      return [
        ...[issueName(input, issue), item, itemText(questionnaires, item), scores.get(item)?.score ?? 0],
        scores.get(item)?.change ?? null,
        isNamed ? words.workbook.yes : words.workbook.no,
        answers.length > 0 ? answers.join('\n') : waived ? `${words.workbook.waived}: ${waived.reason}` : '',
      ]
    }),
  )
  return { columns: FINDING_COLUMNS, rows }
}

/** Every step of every measure, with its measure beside it: filtered by unit or state it is a list of what to do. */
export function measureTable(input: DocumentInput): PlanTable<(typeof MEASURE_COLUMNS)[number]> {
  const { words } = input
  const rows = inPlanOf(input).flatMap(({ issue, measures }) =>
    measures.flatMap((measure) => {
      const { text, items, units, monitoring, proof, success, outcome, obstacles, next, givenUp, evidence } = measure
      const steps = measure.steps.length > 0 ? measure.steps : [null]
      return steps.map((step): PlanCell[] => [
        ...[issueName(input, issue), text, items.join(', ')],
        ...[step?.text ?? '', step ? words.state[step.state] : '', dayCell(step?.on), step?.result ?? ''],
        ...[
          dayCell(measure.from),
          dayCell(measure.to),
          units.join('\n'),
          words.state[stateOf(measure)],
          percentOf(measure),
        ],
        ...[monitoring, proof, [...measureTargets(input, measure), success].filter(Boolean).join('\n')],
        ...[outcome, obstacles, next, givenUp],
        evidence.map(({ title, address }) => [title, address].filter(Boolean).join(' ')).join('\n'),
      ])
    }),
  )
  return { columns: MEASURE_COLUMNS, rows }
}

function dayCell(day: string | undefined): PlanCell {
  return day ? { day } : null
}
