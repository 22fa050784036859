import { SeededRandom } from '#cli/demo/seeded-random'
import type { Response } from '#results/open-responses'
import { COUNTED_LANES } from '#results/round-forms'
import { questionnaire } from './forms.ts'

/** Complete random answers of a questionnaire. */
export function randomAnswers(form: string, random = new SeededRandom(1)): Record<string, number> {
  const { items } = questionnaire(form)
  return Object.fromEntries(items.map((item) => [item.id, item.options[random.below(item.options.length)]?.code ?? 0]))
}

/** Random responses over all lanes. */
export function randomResponses(count: number, seed: number): Response[] {
  const random = new SeededRandom(seed)
  return Array.from({ length: count }, () => {
    const lane = COUNTED_LANES[random.below(COUNTED_LANES.length)] ?? 'iit'
    return { lane, answers: randomAnswers(lane === 'iit' ? 'iit-2566' : 'eit-2566', random) }
  })
}

/** Responses of so many staff. */
export function staff(count: number): Response[] {
  const random = new SeededRandom(count)
  return Array.from({ length: count }, () => ({ lane: 'iit', answers: randomAnswers('iit-2566', random) }))
}
