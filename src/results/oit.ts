import type { Item, Questionnaire } from '#survey/questionnaire'
import { mean, type Ratio, ratio } from '#survey/ratio'
import { indicatorScore, instrumentScore } from '#survey/score'
import { type Score, shown } from './score.ts'

/** One OIT item: 0, 100, or the address at which everybody can see that it is disclosed, which is 100 with its evidence. */
export type OitAnswer = 0 | 100 | string

/** OIT items by their id. */
export type OitAnswers = Readonly<Record<string, OitAnswer>>

export interface OitResult {
  readonly score: Score
  readonly indicators: Readonly<Record<string, Score>>
  readonly groups: Readonly<Record<string, Score>>
  readonly items: Readonly<Record<string, 0 | 100>>
  /** Where what an item asks for is published: https address by item, of items with 100 only. */
  readonly evidence: Readonly<Record<string, string>>
}

/** Characters of an address that is evidence. */
export const LONGEST_EVIDENCE = 300

/** Only addresses that a browser can safely follow. */
export function isEvidence(text: string): boolean {
  return text.length <= LONGEST_EVIDENCE && /^https?:\/\/\S+$/.test(text)
}

/** Items that have 100 and say nowhere why: an evaluator who cannot follow a score gives 0. */
export function withoutEvidence({ items, evidence }: Pick<OitResult, 'items' | 'evidence'>): string[] {
  return Object.keys(items).filter((id) => items[id] === 100 && evidence[id] === undefined)
}

/** OIT: each item 0 or 100. Throws when an item is missing, unknown, another number, or evidence that is no https address. */
export function scoreOit(
  form: Questionnaire,
  answers: OitAnswers,
): { readonly result: OitResult; readonly exact: Ratio } {
  const wrong = form.items.find((item) => !isAnswer(answers[item.id]))
  if (wrong) throw new RangeError(`${wrong.id} must be 0, 100 or an address that begins with https://`)
  const unknown = Object.keys(answers).find((id) => !form.itemById.has(id))
  if (unknown) throw new RangeError(`OIT has no item ${unknown}`)
  const items = Object.fromEntries(form.items.map(({ id }) => [id, pointsOf(answers[id])]))
  const links = Object.entries(answers).filter((one): one is [string, string] => typeof one[1] === 'string')
  const scoreOf = (item: Item) => ratio(items[item.id] ?? 0)
  const exact = instrumentScore(form, scoreOf)
  const groups = form.indicators.flatMap((indicator) => indicator.groups)
  return {
    exact,
    result: {
      score: shown(exact),
      indicators: Object.fromEntries(form.indicators.map((one) => [one.id, shown(indicatorScore(one, scoreOf))])),
      groups: Object.fromEntries(groups.map((group) => [group.id, shown(mean(group.items.map(scoreOf)))])),
      items,
      evidence: Object.fromEntries(links),
    },
  }
}

function isAnswer(answer: unknown): answer is OitAnswer {
  return typeof answer === 'string' ? isEvidence(answer) : answer === 0 || answer === 100
}

function pointsOf(answer: OitAnswer | undefined): 0 | 100 {
  return answer === 0 || answer === undefined ? 0 : 100
}
