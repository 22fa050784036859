import type { Answers } from '#survey/answers'
import type { Questionnaire } from '#survey/questionnaire'
import { toHundredths } from '#survey/ratio'
import { instrumentScore, scoresOf } from '#survey/score'
import { Tally } from '#survey/tally'
import { type Group, shownGroups } from './disclosure.ts'
import { leavesNoDoubt } from './doubt.ts'

/** One group that may be shown. */
export interface BreakdownRow {
  readonly id: string
  /** Its name, where the round gave it one. */
  readonly name?: string
  readonly n: number
  /** Whole numbers below a hundred responses (R9). */
  readonly score: number
}

export interface BreakdownResult {
  readonly rows: readonly BreakdownRow[]
  /** Groups that are not shown, so that none can be worked out. */
  readonly hidden: number
}

/** Decimals say more than a small group has to say. */
const DECIMALS_FROM = 100

/** One group there can be, with responses or without. */
export interface KnownGroup extends Pick<Group, 'id' | 'eligible'> {
  readonly name?: string
  /** People in it, where that is published; `eligible` may be fewer: those who can have answered. */
  readonly people?: number
}

/** Counts one part's responses by group and gives out only what the disclosure rules allow. */
export class Breakdown {
  readonly #form: Questionnaire
  readonly #known: readonly KnownGroup[]
  readonly #tallies: ReadonlyMap<string, Tally>
  readonly #others: Tally

  constructor(form: Questionnaire, known: readonly KnownGroup[]) {
    this.#form = form
    this.#known = known
    this.#others = new Tally(form)
    this.#tallies = new Map(known.map(({ id }) => [id, new Tally(form)]))
  }

  /** Counts a response; one of no known group is left over, and hidden like a group. */
  add(id: string | undefined, answers: Answers): void {
    const tally = id === undefined ? undefined : this.#tallies.get(id)
    const counted = tally ?? this.#others
    counted.add(answers)
  }

  /** The rows that may be shown. */
  finish(k: number): BreakdownResult {
    const counted = this.#known.map((group) => ({ group, tally: this.#tallies.get(group.id) as Tally }))
    const groups = counted.map(({ group: { id, eligible, people = eligible }, tally }): Group => {
      const n = tally.responses
      // more responses than people: somebody names a unit that is not theirs, and nothing about it is to be believed
      const tooMany = people !== undefined && n > people
      const alike = tooMany || leavesNoDoubt(this.#form, [tally], k)
      return { id, n, alike, ...(eligible === undefined ? {} : { eligible }) }
    })
    const all = [...groups, { id: '', n: this.#others.responses }]
    // a group that nobody belongs to hides nobody
    const shown = shownGroups(
      all.filter(({ n }) => n > 0),
      k,
      (ids) =>
        leavesNoDoubt(
          this.#form,
          ids.map((id) => this.#tallies.get(id) ?? this.#others),
          k,
        ),
    )
    const rows = counted.flatMap(({ group, tally }) => (shown.has(group.id) ? [this.#row(group, tally)] : []))
    return { rows, hidden: groups.filter(({ id, n }) => n > 0 && !shown.has(id)).length }
  }

  #row({ id, name }: KnownGroup, tally: Tally): BreakdownRow {
    const score = toHundredths(instrumentScore(this.#form, scoresOf(tally))) / 100
    const n = tally.responses
    const facts = { id, ...(name === undefined ? {} : { name }), n }
    return { ...facts, score: n < DECIMALS_FROM ? Math.round(score) : score }
  }
}

/** The band of 25 a score lies in. */
export function bandOf(score: number): readonly [from: number, to: number] {
  const from = Math.min(75, Math.floor(score / 25) * 25)
  return [from, from + 25]
}
