import { fiscalYearDays, measuresYear } from '#measures/fiscal-year'
import { newMeasure, newStep, orderBetween, type PlannedMeasure, stateOf } from '#measures/plan'
import type { Measure } from '#protocol/measures'
import { noteTaken } from './just-taken.ts'
import { newId } from './new-id.ts'
import { usePlan } from './plan-context.ts'

/** Adds measures after those of an issue, for the fiscal year after the measured one. Answers the new row's id. */
export function useAdding() {
  const { release, desk, plan } = usePlan()
  const days = fiscalYearDays(measuresYear(release.fiscalYear))
  const lastOf = (issue: string) => {
    const own = plan.measures.filter((one) => one.issue === issue)
    return own[own.length - 1]?.order ?? null
  }
  const add = (issue: string, fields: Partial<Measure>, steps: readonly string[]) => {
    const id = newId()
    noteTaken(id)
    const measure = { ...newMeasure(issue, orderBetween(lastOf(issue), null), days), ...fields }
    const rows = steps.map((text, index) => ({ id: newId(), content: newStep(id, index, text) }))
    desk.changeAll([{ id, content: measure }, ...rows])
    return id
  }
  /** One of the year before, as something still to be done: its steps that were not done, for this year's days. */
  const carry = (measure: PlannedMeasure, order?: number) => {
    const { issue, text, items, units, monitoring, proof, success, steps } = measure
    const left = steps.filter(({ state }) => state !== 'done' && state !== 'given-up')
    const fields = { text, items, units, monitoring, proof, success, origin: originOf(measure) }
    const going = stateOf(measure) === 'done' || left.length === 0 ? steps : left
    return add(
      issue,
      order === undefined ? fields : { ...fields, order },
      going.map((step) => step.text),
    )
  }
  return { add, carry }
}

/** Where a measure of an earlier round came from: each is taken over once. */
export function originOf({ id }: Pick<PlannedMeasure, 'id'>): string {
  return `earlier.${id}`
}
