import type { Lane } from '#protocol/lane'
import { type Campaign, isDemonstration, type Manifest } from '#protocol/manifest'
import { formsOf, groupsOf, type RoundGroups } from './groups.ts'
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
import type { Release } from './release.ts'
import { type OitAnswers, ScorecardBuilder } from './scorecard.ts'

/**
 * An opened box. Responses go in, and what comes out has passed the disclosure rules: `release` gives the tables, `rows` the
 * responses of the parts that may be shown. Nothing else reaches a screen or a file.
 */
export class Opening {
  readonly #manifest: Manifest
  readonly #groups: RoundGroups
  readonly #packed: PackedLane[] = []
  readonly #spoiledBy = new Map<SpoiledReason, number>()
  readonly #tickets = new Set<string>()
  #builder: ScorecardBuilder
  /** Rows whose inner ticket came before. */
  #repeated = 0
  #counted = 0

  constructor({ manifest }: Pick<Campaign, 'manifest'>) {
    this.#manifest = manifest
    this.#groups = groupsOf(manifest)
    this.#builder = new ScorecardBuilder(formsOf(manifest), this.#groups)
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
      this.#builder = new ScorecardBuilder(formsOf(this.#manifest), this.#groups)
      for (const lane of this.#counting())
        for (let row = 0; row < packedCount(lane); row += 1) this.#builder.add(unpack(lane, row, this.#groups))
    }
    return this.#builder
  }

  #spoiledReasons(): { readonly reason: SpoiledReason; readonly n: number }[] {
    const repeated = this.#repeated > 0 ? [['inner-ticket-repeated', this.#repeated] as const] : []
    return [...this.#spoiledBy, ...repeated].map(([reason, n]) => ({ reason, n }))
  }

  /** All tables that may leave, with OIT where it was ticked. */
  release(oit?: OitAnswers): Release {
    const { cid, fiscalYear, agency, k } = this.#manifest
    const builder = this.#settled()
    const shown = builder.finish(oit, (lane) => smallestPart(this.#manifest, lane))
    const hidden = new Set(shown.withheld.map(({ lane }) => lane))
    const breakdowns = builder
      .breakdowns((lane) => (lane === 'iit' ? k.iit : k.eit))
      .filter(({ lane }) => !hidden.has(lane))
    return { v: 2, cid, fiscalYear, agency, k, ...shown, spoiled: this.#spoiledReasons(), breakdowns }
  }

  /** The responses of every part that may be shown. */
  rows(): PackedLane[] {
    const hidden = new Set(this.release().withheld.map(({ lane }) => lane))
    return this.#counting().filter(({ lane }) => !hidden.has(lane))
  }
}

/** Fewer responses than this are not shown even as a whole (R1): a mean of nine nearly names who answered. A demonstration hides nothing. */
function smallestPart(manifest: Manifest, lane: Lane): number {
  if (isDemonstration(manifest)) return 1
  return lane === 'iit' ? manifest.k.iit : manifest.k.eit
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
