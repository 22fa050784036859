import type { Lane } from '#protocol/lane'
import { type Campaign, isDemonstration, type Manifest } from '#protocol/manifest'
import { FEWEST_WHOLE_ROWS, protectedLane, rowScores, rowsTell, singledOut, withoutMarks } from './disclose-rows.ts'
import { groupsOf, type RoundGroups } from './groups.ts'
import type { OitAnswers } from './oit.ts'
import type { Opened, SpoiledReason } from './open-responses.ts'
import {
  codesName,
  joinLanes,
  type PackedBatch,
  type PackedLane,
  packBatch,
  packedCount,
  pickRows,
  ticketName,
  unpack,
} from './packed.ts'
import type { ChosenParts, Release, RowsAre } from './release.ts'
import { NO_FACTS, type RoundFacts } from './round-facts.ts'
import { type RoundForms, roundForms } from './round-forms.ts'
import { type PartBreakdown, ScorecardBuilder } from './scorecard.ts'

/**
 * An opened box. Responses go in, and what comes out has passed the disclosure rules: `release` gives the tables, `rows` the
 * responses of the parts that may be shown. Nothing else reaches a screen or a file.
 */
export class Opening {
  readonly #manifest: Manifest
  readonly #forms: RoundForms
  readonly #facts: RoundFacts
  readonly #groups: RoundGroups
  readonly #packed: PackedLane[] = []
  readonly #spoiledBy = new Map<SpoiledReason, number>()
  readonly #tickets = new Set<string>()
  #builder: ScorecardBuilder
  #tellingNow: ReadonlySet<Lane> | null = null
  /** Rows whose inner ticket came before. */
  #repeated = 0
  #counted = 0

  constructor({ manifest }: Pick<Campaign, 'manifest'>, facts: RoundFacts = NO_FACTS) {
    this.#manifest = manifest
    this.#forms = roundForms(manifest)
    this.#facts = facts
    this.#groups = groupsOf(manifest, facts)
    this.#builder = new ScorecardBuilder(this.#forms, this.#groups)
  }

  /** Responses that count. */
  get counted(): number {
    return this.#counted
  }

  /** Responses that do not, for whatever reason. */
  get spoiled(): number {
    return [...this.#spoiledBy.values()].reduce((sum, n) => sum + n, this.#repeated)
  }

  add(opened: readonly Opened[]): void {
    this.addPacked(packBatch(opened, this.#manifest))
  }

  /** The same from a worker, which packed them. */
  addPacked({ lanes, spoiled }: PackedBatch): void {
    this.#tellingNow = null
    for (const lane of lanes) {
      this.#packed.push(lane)
      for (let row = 0; row < packedCount(lane); row += 1) this.#count(lane, row)
    }
    for (const { reason, n } of spoiled) this.#spoiledBy.set(reason, (this.#spoiledBy.get(reason) ?? 0) + n)
  }

  #count(lane: PackedLane, row: number): void {
    const ticket = ticketName(lane, row)
    if (this.#tickets.has(ticket)) {
      this.#repeated += 1
      return
    }
    this.#tickets.add(ticket)
    this.#builder.add(unpack(lane, row, this.#groups))
    this.#counted += 1
  }

  /**
   * The rows that count. Of several with one inner ticket it is the one with the smallest codes, so that every opening of a
   * box counts the same, in whatever order its workers were done.
   */
  #counting(): PackedLane[] {
    const lanes = joinLanes(this.#packed)
    return this.#repeated === 0 ? lanes : lanes.map(withoutRepeats)
  }

  /** All that was counted, counted anew where tickets were repeated. */
  #settled(): ScorecardBuilder {
    if (this.#repeated > 0) {
      this.#builder = new ScorecardBuilder(this.#forms, this.#groups)
      for (const lane of this.#counting())
        for (let row = 0; row < packedCount(lane); row += 1) this.#builder.add(unpack(lane, row, this.#groups))
    }
    return this.#builder
  }

  #spoiledReasons(): { readonly reason: SpoiledReason; readonly n: number }[] {
    const repeated = this.#repeated > 0 ? [['inner-ticket-repeated', this.#repeated] as const] : []
    return [...this.#spoiledBy, ...repeated].map(([reason, n]) => ({ reason, n }))
  }

  /**
   * All tables that may leave, with OIT where it was ticked. Where a part's whole rows beside its breakdowns would tell whose
   * a row is, neither leaves before the team has chosen one of them; `chosen` is what the log says.
   */
  release(oit?: OitAnswers, chosen: ChosenParts = {}): Release {
    const { cid, fiscalYear, agency, k, instruments: asked } = this.#manifest
    const shown = this.#settled().finish(oit, (lane) => this.#smallest(lane))
    const hidden = new Set(shown.withheld.map(({ lane }) => lane))
    const telling = this.#telling()
    const breakdowns = this.#breakdowns().filter(
      ({ lane }) => !hidden.has(lane) && (chosen[lane] ? chosen[lane] === 'breakdowns' : !telling.has(lane)),
    )
    const choices = [...telling].filter((lane) => !hidden.has(lane))
    return {
      v: 2,
      cid,
      fiscalYear,
      agency,
      k,
      asked,
      ...shown,
      spoiled: this.#spoiledReasons(),
      breakdowns,
      choices: choices.map((lane) => ({ lane, chosen: chosen[lane] ?? null })),
    }
  }

  /**
   * The responses of the parts that may be shown, as rows. `protected` is every part, with each column shuffled by itself.
   * `whole` is only the parts whose rows may leave as they are: large enough, and not beside breakdowns that would tell whose
   * they are.
   */
  rows(how: RowsAre, randomBelow: (bound: number) => number, chosen: ChosenParts = {}): PackedLane[] {
    const { withheld } = this.#settled().finish(undefined, (lane) => this.#smallest(lane))
    const hidden = new Set(withheld.map(({ lane }) => lane))
    const shown = this.#counting().filter(({ lane }) => !hidden.has(lane))
    if (how === 'protected') return shown.map((lane) => protectedLane(lane, randomBelow))
    return shown.filter((lane) => this.#mayLeaveWhole(lane, chosen)).map(withoutMarks)
  }

  /** Of how many rows in a hundred six known answers single the person out, by part. */
  singledOut(randomBelow: (bound: number) => number): Partial<Record<Lane, number>> {
    return Object.fromEntries(this.#counting().map((lane) => [lane.lane, singledOut(lane, randomBelow)]))
  }

  #mayLeaveWhole(lane: PackedLane, chosen: ChosenParts): boolean {
    if (isDemonstration(this.#manifest)) return true
    // what was chosen holds wherever it is opened, even where other facts would not have asked for a choice
    const isSafe = chosen[lane.lane] ? chosen[lane.lane] === 'rows' : !this.#telling().has(lane.lane)
    return packedCount(lane) >= FEWEST_WHOLE_ROWS && isSafe
  }

  #breakdowns(): PartBreakdown[] {
    return this.#settled().breakdowns((lane) => this.#smallestGroup(lane))
  }

  /** Parts whose rows and breakdowns must not both leave. A demonstration hides nothing. */
  #telling(): ReadonlySet<Lane> {
    if (isDemonstration(this.#manifest)) return new Set()
    this.#tellingNow ??= this.#findTelling()
    return this.#tellingNow
  }

  #findTelling(): ReadonlySet<Lane> {
    const lanes = new Map(this.#counting().map((lane) => [lane.lane, lane]))
    const scores = new Map<Lane, Float64Array>()
    const telling = this.#breakdowns().filter(({ lane, rows }) => {
      const packed = lanes.get(lane)
      // rows of a part that is too small never leave, so its breakdowns stand beside nothing
      if (!packed || rows.length === 0 || packedCount(packed) < FEWEST_WHOLE_ROWS) return false
      const own = scores.get(lane) ?? rowScores(packed.form, packed)
      scores.set(lane, own)
      return rowsTell(own, { rows }, this.#smallestGroup(lane))
    })
    return new Set(telling.map(({ lane }) => lane))
  }

  /** Responses beyond the spare slips: those may all be in one hand. */
  #smallestGroup(lane: Lane): number {
    const { k } = this.#manifest
    return (lane === 'iit' ? k.iit : k.eit) + (this.#facts.spare[lane] ?? 0)
  }

  /** Fewer responses than this are not shown even as a whole: a mean of nine nearly names who answered. A demonstration hides nothing. */
  #smallest(lane: Lane): number {
    return isDemonstration(this.#manifest) ? 1 : this.#smallestGroup(lane)
  }
}

function withoutRepeats(lane: PackedLane): PackedLane {
  const chosen = new Map<string, number>()
  for (let row = 0; row < packedCount(lane); row += 1) {
    const ticket = ticketName(lane, row)
    const before = chosen.get(ticket)
    if (before === undefined || codesName(lane, row) < codesName(lane, before)) chosen.set(ticket, row)
  }
  return pickRows(lane, [...chosen.values()])
}
