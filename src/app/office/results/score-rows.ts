import type { Lane } from '#protocol/lane'
import type { Release } from '#results/release'
import { COUNTED_LANES, type RoundForms } from '#results/round-forms'
import type { ItemResult, PartResult } from '#results/scorecard'
import type { Questionnaire } from '#survey/questionnaire'

/** A part that is in the score, with what it was asked. */
export interface ScoredPart {
  readonly lane: Lane
  readonly form: Questionnaire
  readonly part: PartResult
}

/** One item of one part, with what is needed to show it. */
export interface ItemRow {
  readonly id: string
  readonly form: Questionnaire
  readonly lane: Lane
  readonly result: ItemResult
}

/** The parts of a release that are in the score. */
export function partsOf({ instruments: { iit, eit } }: Release, { year }: RoundForms): ScoredPart[] {
  const results = { iit, 'eit-public': eit?.parts.public, 'eit-survey': eit?.parts.survey }
  return COUNTED_LANES.flatMap((lane) => {
    const [form, part] = [year.lanes[lane], results[lane]]
    return form && part ? [{ lane, form, part }] : []
  })
}

/** The lowest scores of all parts, the weakest first; of equal ones in the order of the questionnaire. */
export function weakest(parts: readonly ScoredPart[], count: number): ItemRow[] {
  const rows = parts.flatMap(({ lane, form, part }) =>
    Object.entries(part.items).map(([id, result]) => ({ id, form, lane, result })),
  )
  return rows.sort((a, b) => a.result.score - b.result.score).slice(0, count)
}
