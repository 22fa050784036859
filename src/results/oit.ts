import type { Item, Questionnaire } from '#survey/questionnaire'
import { mean, type Ratio, ratio } from '#survey/ratio'
import { indicatorScore, instrumentScore } from '#survey/score'
import { type Score, shown } from './score.ts'

/** Ticked OIT items: item id → 0 or 100. */
export type OitAnswers = Readonly<Record<string, 0 | 100>>

export interface OitResult {
  readonly score: Score
  readonly indicators: Readonly<Record<string, Score>>
  readonly groups: Readonly<Record<string, Score>>
  readonly items: Readonly<Record<string, 0 | 100>>
}

/** OIT: each of the 43 items 0 or 100. Throws when an item is missing, unknown or another number. */
export function scoreOit(
  form: Questionnaire,
  answers: OitAnswers,
): { readonly result: OitResult; readonly exact: Ratio } {
  const wrong = form.items.find((item) => answers[item.id] !== 0 && answers[item.id] !== 100)
  if (wrong) throw new RangeError(`${wrong.id} must be 0 or 100`)
  const unknown = Object.keys(answers).find((id) => !form.itemById.has(id))
  if (unknown) throw new RangeError(`OIT has no item ${unknown}`)
  const scoreOf = (item: Item) => ratio(answers[item.id] ?? 0)
  const exact = instrumentScore(form, scoreOf)
  const groups = form.indicators.flatMap((indicator) => indicator.groups)
  return {
    exact,
    result: {
      score: shown(exact),
      indicators: Object.fromEntries(form.indicators.map((one) => [one.id, shown(indicatorScore(one, scoreOf))])),
      groups: Object.fromEntries(groups.map((group) => [group.id, shown(mean(group.items.map(scoreOf)))])),
      items: { ...answers },
    },
  }
}
