import type { Questionnaire } from '#survey/questionnaire'
import { toHundredths } from '#survey/ratio'
import { instrumentScore, scoresOf } from '#survey/score'
import type { Tally } from '#survey/tally'

/** At the ends of the scale a score is everybody's answers, whoever deviates a little. */
const ENDS = { low: 3, high: 97 } as const

/**
 * Whether responses leave so little doubt that their table would be each one's answers: fewer than `k` answers among all of
 * them are not what most chose at that item, or their score lies at an end of the scale.
 */
export function leavesNoDoubt(form: Questionnaire, tallies: readonly Tally[], k: number): boolean {
  const n = tallies.reduce((sum, { responses }) => sum + responses, 0)
  if (n === 0) return false
  return deviating(form, tallies, n) < k || tallies.some((tally) => isAtAnEnd(form, tally))
}

/** Answers that are not the one most chosen at their item. */
function deviating(form: Questionnaire, tallies: readonly Tally[], n: number): number {
  return form.items.reduce((sum, item) => {
    const counts = item.options.map(({ code }) =>
      tallies.reduce((count, tally) => count + (tally.of(item).get(code) ?? 0), 0),
    )
    return sum + n - Math.max(...counts)
  }, 0)
}

function isAtAnEnd(form: Questionnaire, tally: Tally): boolean {
  if (tally.responses === 0) return false
  const score = toHundredths(instrumentScore(form, scoresOf(tally))) / 100
  return score <= ENDS.low || score >= ENDS.high
}
