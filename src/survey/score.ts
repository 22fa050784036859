import type { Indicator, Item, Questionnaire } from './questionnaire.ts'
import { mean, type Ratio, ratio } from './ratio.ts'
import type { ItemTally, Tally } from './tally.ts'

/** Mean score of one item, 0–100, from exact integer option scores. Throws when nobody answered. Source: scoring.md. */
export function itemScore(item: Item, tally: ItemTally): Ratio {
  let [sum, answers] = [0, 0]
  for (const option of item.options) {
    const count = tally.get(option.code) ?? 0
    sum += option.score * count
    answers += count
  }
  return ratio(sum, answers)
}

/** Mean of the indicator's groups; IIT and EIT indicators have one group, OIT ones have five and two. */
export function indicatorScore(indicator: Indicator, scoreOf: (item: Item) => Ratio): Ratio {
  return mean(indicator.groups.map((group) => mean(group.items.map(scoreOf))))
}

/** Score of an instrument, or of one part of it: the mean of its indicators. */
export function instrumentScore(questionnaire: Questionnaire, scoreOf: (item: Item) => Ratio): Ratio {
  return mean(questionnaire.indicators.map((indicator) => indicatorScore(indicator, scoreOf)))
}

/** Item scores of a tally, for `indicatorScore` and `instrumentScore`. */
export function scoresOf(tally: Tally): (item: Item) => Ratio {
  return (item) => itemScore(item, tally.of(item))
}
