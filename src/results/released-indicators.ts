import type { Questionnaire } from '#survey/questionnaire'
import type { Release } from './release.ts'
import type { RoundForms } from './round-forms.ts'

/** An indicator whose score may be shown, and the questionnaire that it is of; EIT's over both parts. */
export interface ReleasedIndicator {
  readonly form: Questionnaire
  readonly id: string
  readonly score: number
}

/** Every indicator whose score was released, in the order of the year. */
export function releasedIndicators({ instruments }: Release, { year, oit }: RoundForms): ReleasedIndicator[] {
  const of = [
    [year.lanes.iit, instruments.iit],
    [year.lanes['eit-public'], instruments.eit],
    [oit, instruments.oit],
  ] as const
  return of.flatMap(([form, result]) =>
    form && result
      ? form.indicators.flatMap(({ id }) => {
          const score = result.indicators[id]
          return score === undefined ? [] : [{ form, id, score }]
        })
      : [],
  )
}
