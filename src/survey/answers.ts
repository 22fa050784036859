import type { Item, OptionCode, Questionnaire } from './questionnaire.ts'

/** What one person chose so far: item id → option code. */
export type Answers = Readonly<Record<string, OptionCode>>

export type AnswerFault = 'incomplete' | 'unknown-item' | 'unknown-option'

/** Items without an answer, in the order they are asked. */
export function missingItems(questionnaire: Questionnaire, answers: Answers): readonly Item[] {
  return questionnaire.items.filter((item) => answers[item.id] === undefined)
}

/** Whether the item offers this option code. Anything but an integer the item lists is refused. */
function hasOption(item: Item, code: unknown): code is OptionCode {
  return item.options.some((option) => option.code === code)
}

/** Checks a finished set of answers: every item once, nothing else (scoring.md: every item is required). */
export function faultOf(questionnaire: Questionnaire, answers: Readonly<Record<string, unknown>>): AnswerFault | null {
  for (const [id, code] of Object.entries(answers)) {
    const item = questionnaire.itemById.get(id)
    if (!item) return 'unknown-item'
    if (!hasOption(item, code)) return 'unknown-option'
  }
  return questionnaire.items.every((item) => answers[item.id] !== undefined) ? null : 'incomplete'
}
