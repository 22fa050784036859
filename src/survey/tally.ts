import type { Answers } from './answers.ts'
import type { Item, OptionCode, Questionnaire } from './questionnaire.ts'

/** How often each option of an item was chosen. */
export type ItemTally = ReadonlyMap<OptionCode, number>

/** Counts of one set of responses; grows one response at a time, never holds the responses. */
export class Tally {
  readonly #counts = new Map<string, Map<OptionCode, number>>()
  #responses = 0

  constructor(questionnaire: Questionnaire) {
    for (const item of questionnaire.items) {
      this.#counts.set(item.id, new Map(item.options.map((option) => [option.code, 0])))
    }
  }

  /** Number of responses counted. */
  get responses(): number {
    return this.#responses
  }

  /** Counts one complete response; check it with `faultOf` first. Throws on an option the item does not have. */
  add(answers: Answers): void {
    for (const [id, counts] of this.#counts) {
      const code = answers[id]
      const count = code === undefined ? undefined : counts.get(code)
      if (code === undefined || count === undefined) throw new Error(`${id} has no option ${code}`)
      counts.set(code, count + 1)
    }
    this.#responses += 1
  }

  /** Counts of one item. Throws on an item of another questionnaire. */
  of(item: Item): ItemTally {
    const counts = this.#counts.get(item.id)
    if (!counts) throw new Error(`no item ${item.id} in this tally`)
    return counts
  }
}
