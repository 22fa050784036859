import { isLane, type Lane } from '#protocol/lane'
import type { Answers } from '#survey/answers'
import type { Response } from './open-responses.ts'
import { COUNTED_LANES, type RoundForms, tableForms } from './round-forms.ts'

/** Items of all questionnaires of a round, in the order of the columns. */
export function itemIds(forms: RoundForms): readonly string[] {
  return tableForms(forms).flatMap(({ items }) => items.map(({ id }) => id))
}

/** The columns of a round's table: the lane, then every item. */
export function tableColumns(forms: RoundForms): readonly string[] {
  return ['lane', ...itemIds(forms)]
}

/** A row of a table: the lane, then a code for each item, null where it belongs to another questionnaire. */
export type ExportRow = readonly [lane: Lane, ...codes: (number | null)[]]

/** A response as a row of these columns. Codes only: nothing a spreadsheet could run. */
export function toRow({ lane, answers }: Response, ids: readonly string[]): ExportRow {
  return [lane, ...ids.map((id) => answers[id] ?? null)]
}

/** A row of a table as a response. Throws with the column that is off. */
export function fromCells(cells: Readonly<Record<string, string>>, forms: RoundForms): Response {
  const lane = cells.lane ?? ''
  const form = isLane(lane) && COUNTED_LANES.some((one) => one === lane) ? forms.lanes[lane] : undefined
  if (!isLane(lane) || !form) throw new RangeError(`no lane "${lane}"`)
  const answers: Record<string, number> = {}
  for (const item of form.items) {
    const cell = cells[item.id]?.trim() ?? ''
    if (!item.options.some((option) => option.code.toString() === cell)) throw new RangeError(`${item.id} is "${cell}"`)
    answers[item.id] = Number(cell)
  }
  const strayed = itemIds(forms).find((id) => answers[id] === undefined && (cells[id] ?? '').trim() !== '')
  if (strayed) throw new RangeError(`${strayed} does not belong to ${lane}`)
  return { lane, answers: answers satisfies Answers }
}
