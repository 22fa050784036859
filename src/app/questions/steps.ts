import type { Answers } from '#survey/answers'
import { missingItems } from '#survey/answers'
import type { Questionnaire } from '#survey/questionnaire'

/** Why a part is shown at one of its items: it was left out, it is looked at again from the review, somebody comes back to it. */
export interface Aim {
  readonly item: string
  readonly why: 'missing' | 'review' | 'resume'
}

/** Where somebody is who answers, on a phone and at a counter. `part` counts from 0. */
export type Step =
  | { readonly at: 'opening' }
  /** Never used the service: nothing is asked. */
  | { readonly at: 'declined' }
  | { readonly at: 'part'; readonly part: number; readonly aim: Aim | null }
  | { readonly at: 'review' }

/** The part that an item is in. */
function partOf({ indicators }: Questionnaire, item: string): number {
  return indicators.findIndex(({ items }) => items.some(({ id }) => id === item))
}

/** The step that shows an item. */
export function stepAt(form: Questionnaire, aim: Aim): Step {
  return { at: 'part', part: partOf(form, aim.item), aim }
}

/** Where to go on: what is asked before the questions, the first item without an answer, or the review. */
export function firstStep(form: Questionnaire, asksFirst: boolean, answers: Answers): Step {
  if (asksFirst) return { at: 'opening' }
  const [missing] = missingItems(form, answers)
  if (!missing) return { at: 'review' }
  const isResumed = missing !== form.items[0]
  return isResumed ? stepAt(form, { item: missing.id, why: 'resume' }) : { at: 'part', part: 0, aim: null }
}

/** The step after this one. */
export function stepAfter({ indicators }: Questionnaire, step: Step): Step {
  if (step.at === 'opening') return { at: 'part', part: 0, aim: null }
  if (step.at !== 'part' || step.part + 1 >= indicators.length) return { at: 'review' }
  return { at: 'part', part: step.part + 1, aim: null }
}

/** The step before this one; null before the first. */
export function stepBefore({ indicators }: Questionnaire, step: Step, hasOpening: boolean): Step | null {
  if (step.at === 'review') return { at: 'part', part: indicators.length - 1, aim: null }
  if (step.at === 'part' && step.part > 0) return { at: 'part', part: step.part - 1, aim: null }
  return hasOpening && step.at !== 'opening' ? { at: 'opening' } : null
}
