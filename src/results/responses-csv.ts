import { isLane, type Lane } from '#protocol/lane'
import type { Answers } from '#survey/answers'
import type { Response } from './open-responses.ts'
import { questionnaire } from './questionnaires.ts'

/** Lanes a row of a table may name. */
export const TABLE_LANES = ['iit', 'eit-public', 'eit-survey'] as const satisfies readonly Lane[]

/** Items of both instruments, in the order of the columns. */
export const ITEM_IDS = [...questionnaire('iit-2566').items, ...questionnaire('eit-2566').items].map((item) => item.id)

/** The one column set: the lane, then I1…I30, E1…E15. */
export const CSV_COLUMNS: readonly string[] = ['lane', ...ITEM_IDS]

/** A row of a table: the lane, then a code for each item, null where it belongs to the other instrument. */
export type ExportRow = readonly [lane: Lane, ...codes: (number | null)[]]

/** A response as a row. Codes only: nothing a spreadsheet could run. */
export function toRow({ lane, answers }: Response): ExportRow {
  return [lane, ...ITEM_IDS.map((id) => answers[id] ?? null)]
}

/** A row of a table as a response. Throws with the column that is off. */
export function fromCells(cells: Readonly<Record<string, string>>): Response {
  const lane = cells.lane ?? ''
  if (!isLane(lane) || !TABLE_LANES.some((one) => one === lane)) throw new RangeError(`no lane "${lane}"`)
  const items = questionnaire(lane === 'iit' ? 'iit-2566' : 'eit-2566').items
  const answers: Record<string, number> = {}
  for (const item of items) {
    const cell = cells[item.id]?.trim() ?? ''
    if (!item.options.some((option) => option.code.toString() === cell)) throw new RangeError(`${item.id} is "${cell}"`)
    answers[item.id] = Number(cell)
  }
  const strayed = ITEM_IDS.find((id) => answers[id] === undefined && (cells[id] ?? '').trim() !== '')
  if (strayed) throw new RangeError(`${strayed} does not belong to ${lane}`)
  return { lane, answers: answers satisfies Answers }
}
