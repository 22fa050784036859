import type { Analysis, Measure, MeasureRow, PlanFrame, ProgressState, Publication, Step } from '#protocol/measures'

/** A row's id beside what it says. */
export type Row<Content> = Content & { readonly id: string }

/** A measure with its steps, in their order. */
export interface PlannedMeasure extends Row<Measure> {
  readonly steps: readonly Row<Step>[]
}

/** The action plan of a round, made of its rows. */
export interface Plan {
  readonly analyses: ReadonlyMap<string, Row<Analysis>>
  readonly measures: readonly PlannedMeasure[]
  readonly frame: PlanFrame
  /** Documents that were published, the latest first. */
  readonly publications: readonly Row<Publication>[]
}

/** Id of the one row that holds what the documents need beside the table. */
export const FRAME_ID = 'frame'

/** Id of an issue's analysis: there is one, whoever writes it first. */
export function analysisId(issue: string): string {
  return `analysis.${issue}`
}

/** The issue of what is not disclosed. It is no year's: its items are those of OIT with 0. */
export const DISCLOSURE = 'disclosure'

/** What the documents begin with while nobody has said anything. */
export const NO_FRAME: PlanFrame = {
  kind: 'frame',
  signatory: '',
  post: '',
  digits: 'arabic',
  standing: '',
  limitsIit: null,
  limitsEit: null,
}

/** An analysis that nobody has touched. */
export function untouchedAnalysis(issue: string): Analysis {
  return { kind: 'analysis', issue, named: null, text: null, figures: '', waived: [] }
}

/** A measure that is only begun, for the days of a fiscal year. */
export function newMeasure(
  issue: string,
  order: number,
  days: { readonly from: string; readonly to: string },
): Measure {
  return {
    ...{ kind: 'measure', issue, order, text: '', items: [], from: days.from, to: days.to, units: [] },
    ...{ monitoring: '', proof: '', targets: [], success: '', origin: '', percent: null, givenUp: '' },
    ...{ outcome: '', obstacles: '', next: '', evidence: [] },
  }
}

export function newStep(measure: string, order: number, text = ''): Step {
  return { kind: 'step', measure, order, text, state: 'not-begun', on: '', result: '' }
}

/** Puts a round's rows together. Removed rows are left out; so are steps whose measure is gone. */
export function planOf(rows: Iterable<Pick<MeasureRow, 'id' | 'removed' | 'content'>>): Plan {
  const analyses = new Map<string, Row<Analysis>>()
  const measures: Row<Measure>[] = []
  const steps = new Map<string, Row<Step>[]>()
  const publications: Row<Publication>[] = []
  let frame = NO_FRAME
  for (const { id, removed, content } of rows) {
    if (removed) continue
    if (content.kind === 'analysis') analyses.set(content.issue, { id, ...content })
    else if (content.kind === 'measure') measures.push({ id, ...content })
    else if (content.kind === 'step')
      steps.set(content.measure, [...(steps.get(content.measure) ?? []), { id, ...content }])
    else if (content.kind === 'publication') publications.push({ id, ...content })
    else frame = content
  }
  return {
    analyses,
    frame,
    measures: measures.sort(byOrder).map((one) => ({ ...one, steps: (steps.get(one.id) ?? []).sort(byOrder) })),
    publications: publications.sort((one, other) => (one.on < other.on ? 1 : -1)),
  }
}

/** Of two with one place the one whose id comes first: every screen shows the same. */
function byOrder(one: { order: number; id: string }, other: { order: number; id: string }): number {
  return one.order - other.order || (one.id < other.id ? -1 : 1)
}

/** A place between two neighbours; null: there is none on that side. */
export function orderBetween(before: number | null, after: number | null): number {
  if (before === null) return after === null ? 0 : after - 1
  return after === null ? before + 1 : (before + after) / 2
}

/** So many places between two neighbours, evenly. */
export function ordersBetween(before: number | null, after: number | null, count: number): number[] {
  const places = Array.from({ length: count }, (_, at) => at + 1)
  if (before === null) return places.map((at) => (after ?? 0) - count - 1 + at)
  const gap = after === null ? 1 : (after - before) / (count + 1)
  return places.map((at) => before + gap * at)
}

/** The place of the one at `index` after it moved up or down by one; null at the end of the list. */
export function orderAfterMove(all: readonly { readonly order: number }[], index: number, by: -1 | 1): number | null {
  const [near, far] = [all[index + by], all[index + 2 * by]]
  if (!near) return null
  return by < 0 ? orderBetween(far?.order ?? null, near.order) : orderBetween(near.order, far?.order ?? null)
}

/** How far a measure is: as its steps are, unless it was given up as a whole. */
export function stateOf({ givenUp, steps, percent }: PlannedMeasure): ProgressState {
  if (givenUp.trim() !== '') return 'given-up'
  const going = steps.filter(({ state }) => state !== 'given-up')
  if (steps.length > 0 && going.length === 0) return 'given-up'
  // what somebody says stands before what is counted
  if (percent === 100 || (percent === null && going.length > 0 && going.every(({ state }) => state === 'done')))
    return 'done'
  return (percent ?? 0) > 0 || going.some(({ state }) => state !== 'not-begun') ? 'under-way' : 'not-begun'
}

/** Percent done: as somebody said, else the share of its steps, one under way counted half. */
export function percentOf({ percent, steps }: PlannedMeasure): number {
  if (percent !== null) return percent
  const going = steps.filter(({ state }) => state !== 'given-up')
  const done = going.reduce((sum, { state }) => sum + (state === 'done' ? 1 : state === 'under-way' ? 0.5 : 0), 0)
  return going.length === 0 ? 0 : Math.round((100 * done) / going.length)
}

/** Whether a measure should have been done by a day and is not. */
export function isOverdue(measure: PlannedMeasure, today: string): boolean {
  const state = stateOf(measure)
  return measure.to !== '' && measure.to < today && state !== 'done' && state !== 'given-up'
}
