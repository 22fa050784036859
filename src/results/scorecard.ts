import { LANES, type Lane } from '#protocol/lane'
import { type Level, levelOf, totalScore } from '#survey/level'
import type { Item, Questionnaire } from '#survey/questionnaire'
import { mean, type Ratio, weightedMean } from '#survey/ratio'
import { indicatorScore, instrumentScore, scoresOf } from '#survey/score'
import { Tally } from '#survey/tally'
import type { Year } from '#survey/year'
import { Breakdown, type BreakdownResult, bandOf } from './breakdown.ts'
import { leavesNoDoubt } from './doubt.ts'
import { BREAKDOWNS, type BreakdownBy, groupsOf, LANES_OF, type RoundGroups } from './groups.ts'
import { type OitAnswers, type OitResult, scoreOit } from './oit.ts'
import type { Response } from './open-responses.ts'
import type { RoundForms } from './round-forms.ts'
import { type Score, shown } from './score.ts'

export interface ItemResult {
  readonly score: Score
  readonly n: number
  /** Responses by option code. */
  readonly counts: Readonly<Record<string, number>>
}

/** One part of an instrument: its own score, indicators and items. */
export interface PartResult {
  readonly score: Score
  readonly n: number
  readonly indicators: Readonly<Record<string, Score>>
  readonly items: Readonly<Record<string, ItemResult>>
}

export interface EitResult {
  readonly score: Score
  readonly n: number
  readonly indicators: Readonly<Record<string, Score>>
  /** Only one part collected: it stands alone, and whoever shows it must say so. */
  readonly parts: { readonly public?: PartResult; readonly survey?: PartResult }
}

/** What `ita open` writes as `scorecard.json`. The department's own result, never that of ป.ป.ช. */
export interface Scorecard {
  readonly total: Score | null
  readonly level: Level | null
  /** Whether the year's own source says that this is the level. */
  readonly levelConfirmed: boolean
  readonly instruments: { readonly iit?: PartResult; readonly eit?: EitResult; readonly oit?: OitResult }
  /** Answers from the poster, whoever gave them and however often: in no score above, and shown apart wherever they are shown. */
  readonly apart?: { readonly 'eit-open': PartResult }
}

/** A part that is not shown as a whole: too few answered, or all alike, so that the table would be everybody's answer (R4). */
export type Withheld =
  | { readonly lane: Lane; readonly why: 'few' }
  | { readonly lane: Lane; readonly why: 'alike'; readonly n: number; readonly band: readonly [number, number] }

/** A part by one kind of group. */
export interface PartBreakdown extends BreakdownResult {
  readonly by: BreakdownBy
  readonly lane: Lane
  readonly n: number
}

/** Counts responses as they are opened and scores them at the end. */
export class ScorecardBuilder {
  readonly #tallies = new Map<Lane, Tally>()
  readonly #breakdowns: { readonly by: BreakdownBy; readonly lane: Lane; readonly breakdown: Breakdown }[] = []
  readonly #forms: RoundForms

  /** `groups`: what parts are broken down by. */
  constructor(forms: RoundForms, groups: RoundGroups = groupsOf({})) {
    this.#forms = forms
    const entries = LANES.flatMap((lane) => (forms.lanes[lane] ? [[lane, forms.lanes[lane]] as const] : []))
    for (const [lane, form] of entries) {
      this.#tallies.set(lane, new Tally(form))
      for (const by of BREAKDOWNS.filter((one) => LANES_OF[one].includes(lane) && groups[one].length > 0))
        this.#breakdowns.push({ by, lane, breakdown: new Breakdown(form, groups[by]) })
    }
  }

  add({ lane, answers, coarse }: Response): void {
    this.#tallies.get(lane)?.add(answers)
    for (const one of this.#breakdowns) if (one.lane === lane) one.breakdown.add(coarse?.[one.by], answers)
  }

  /** Parts by their groups, as far as no group of fewer than `k` of its lane can be worked out. */
  breakdowns(k: (lane: Lane) => number): PartBreakdown[] {
    return this.#breakdowns.flatMap(({ by, lane, breakdown }) => {
      const n = this.#tallies.get(lane)?.responses ?? 0
      const result = breakdown.finish(k(lane))
      return result.rows.length + result.hidden === 0 ? [] : [{ by, lane, n, ...result }]
    })
  }

  /**
   * The scorecard of all that was added; total and level only when IIT, EIT and OIT are all there. Parts with fewer
   * responses than `smallest` of their lane, and parts in which everybody answered alike, are withheld.
   */
  finish(oitAnswers?: OitAnswers, smallest: (lane: Lane) => number = () => 1): Scorecard & { withheld: Withheld[] } {
    const withheld = this.#withheld(smallest)
    const part = (lane: Lane) => (withheld.some((one) => one.lane === lane) ? null : this.#part(lane))
    const { year, oit: oitForm } = this.#forms
    const eitParts = { public: part('eit-public'), survey: part('eit-survey') }
    const [iit, eit, poster] = [part('iit'), eitOf(eitParts, year.eitParts), part('eit-open')]
    const oit = oitAnswers ? scoreOit(oitForm, oitAnswers) : null
    const exact = iit && eit && oit ? { iit: iit.exact, eit: eit.exact, oit: oit.exact } : null
    const reached = exact && levelOf(exact, year.weights, year.levels)
    return {
      total: exact ? shown(totalScore(exact, year.weights)) : null,
      level: reached?.level ?? null,
      levelConfirmed: reached?.confirmed ?? false,
      instruments: {
        ...(iit ? { iit: iit.result } : {}),
        ...(eit ? { eit: eit.result } : {}),
        ...(oit ? { oit: oit.result } : {}),
      },
      ...(poster ? { apart: { 'eit-open': poster.result } } : {}),
      withheld,
    }
  }

  #withheld(smallest: (lane: Lane) => number): Withheld[] {
    return [...this.#tallies].flatMap(([lane, tally]): Withheld[] => {
      const [form, n] = [this.#forms.lanes[lane], tally.responses]
      if (!form || n === 0) return []
      if (n < smallest(lane)) return [{ lane, why: 'few' }]
      if (smallest(lane) === 1 || !leavesNoDoubt(form, [tally], smallest(lane))) return []
      return [{ lane, why: 'alike', n, band: bandOf(shown(instrumentScore(form, scoresOf(tally)))) }]
    })
  }

  #part(lane: Lane): ExactPart | null {
    const [form, tally] = [this.#forms.lanes[lane], this.#tallies.get(lane)]
    return form && tally && tally.responses > 0 ? scorePart(form, tally) : null
  }
}

interface ExactPart {
  readonly result: PartResult
  readonly exact: Ratio
  readonly indicators: ReadonlyMap<string, Ratio>
}

type EitParts = { readonly [P in keyof EitResult['parts']]-?: ExactPart | null }

/** Public and Survey count as the year says, each for itself and never pooled (pooling gives 83.20 where 85.29 was published). */
function eitOf(found: EitParts, rules: Year['eitParts']): { result: EitResult; exact: Ratio } | null {
  const byLane: Readonly<Record<string, ExactPart | null>> = { 'eit-public': found.public, 'eit-survey': found.survey }
  const parts = rules.flatMap(({ lane, weight }) => {
    const part = byLane[lane]
    return part ? [{ part, weight }] : []
  })
  const ids = [...new Set(parts.flatMap(({ part }) => [...part.indicators.keys()]))]
  const exact = ids.map((id) =>
    weightedMean(
      parts.flatMap(({ part, weight }) => {
        const value = part.indicators.get(id)
        return value ? [{ value, weight }] : []
      }),
    ),
  )
  if (exact.length === 0) return null
  const whole = mean(exact)
  const { public: open, survey } = found
  const result = {
    score: shown(whole),
    n: parts.reduce((n, { part }) => n + part.result.n, 0),
    indicators: Object.fromEntries(ids.map((id, index) => [id, shown(exact[index] as Ratio)])),
    parts: { ...(open ? { public: open.result } : {}), ...(survey ? { survey: survey.result } : {}) },
  }
  return { result, exact: whole }
}

function scorePart(form: Questionnaire, tally: Tally): ExactPart {
  const scoreOf = scoresOf(tally)
  const exact = instrumentScore(form, scoreOf)
  const indicators = new Map(form.indicators.map((indicator) => [indicator.id, indicatorScore(indicator, scoreOf)]))
  const itemResult = (item: Item): ItemResult => ({
    score: shown(scoreOf(item)),
    n: tally.responses,
    counts: Object.fromEntries(tally.of(item)),
  })
  const result = {
    score: shown(exact),
    n: tally.responses,
    indicators: Object.fromEntries([...indicators].map(([id, score]) => [id, shown(score)])),
    items: Object.fromEntries(form.items.map((item) => [item.id, itemResult(item)])),
  }
  return { result, exact, indicators }
}
