import type { Lane } from '#protocol/lane'
import type { Release } from '#results/release'
import type { ItemResult, PartResult } from '#results/scorecard'

/** One item of one part, with what is needed to show it. */
export interface ItemRow {
  readonly id: string
  readonly form: string
  readonly lane: Lane
  readonly result: ItemResult
}

/** The parts of a release that are in the score. */
export function partsOf({
  instruments: { iit, eit },
}: Release): { readonly lane: Lane; readonly form: string; readonly part: PartResult }[] {
  const all = [
    { lane: 'iit', form: 'iit-2566', part: iit },
    { lane: 'eit-public', form: 'eit-2566', part: eit?.parts.public },
    { lane: 'eit-survey', form: 'eit-2566', part: eit?.parts.survey },
  ] as const
  return all.flatMap(({ lane, form, part }) => (part ? [{ lane, form, part }] : []))
}

/** The lowest scores of all parts, the weakest first; of equal ones in the order of the questionnaire. */
export function weakest(release: Release, count: number): ItemRow[] {
  const rows = partsOf(release).flatMap(({ lane, form, part }) =>
    Object.entries(part.items).map(([id, result]) => ({ id, form, lane, result })),
  )
  return rows.sort((a, b) => a.result.score - b.result.score).slice(0, count)
}
