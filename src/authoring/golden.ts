import { questionnairesOf, type YearDocument } from '#instruments/years'
import type { Answers } from '#survey/answers'
import type { Item, Questionnaire } from '#survey/questionnaire'
import { toTwoDecimals } from '#survey/ratio'
import { instrumentScore, scoresOf } from '#survey/score'
import { Tally } from '#survey/tally'

/** How one made-up response scores: to be compared with a calculation by hand before anybody is asked. */
export interface GoldenRow {
  readonly form: string
  readonly what: 'best' | 'worst' | 'first' | 'last' | 'one-flipped'
  /** Two decimals. */
  readonly score: string
}

/** Golden rows of a year: all best, all worst, always the first option, always the last, and all best but the first item. */
export function goldenRows(document: YearDocument): GoldenRow[] {
  return questionnairesOf(document).flatMap((form) => {
    const score = (what: GoldenRow['what'], choose: (item: Item, at: number) => number) => ({
      form: form.id,
      what,
      score: scoreOf(form, choose),
    })
    return [
      score('best', best),
      score('worst', worst),
      score('first', ({ options }) => options[0]?.code ?? 0),
      score('last', ({ options }) => options[options.length - 1]?.code ?? 0),
      score('one-flipped', (item, at) => (at === 0 ? worst(item) : best(item))),
    ]
  })
}

function best({ options }: Item): number {
  return options.reduce((found, option) => (option.score > found.score ? option : found)).code
}

function worst({ options }: Item): number {
  return options.reduce((found, option) => (option.score < found.score ? option : found)).code
}

function scoreOf(form: Questionnaire, choose: (item: Item, at: number) => number): string {
  const answers: Answers = Object.fromEntries(form.items.map((item, at) => [item.id, choose(item, at)]))
  const tally = new Tally(form)
  tally.add(answers)
  return toTwoDecimals(instrumentScore(form, scoresOf(tally)))
}
