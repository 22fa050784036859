import type { Lane } from '#protocol/lane'
import { type Campaign, isDemonstration, type Manifest } from '#protocol/manifest'
import { formsOf, groupsOf, type RoundGroups } from './groups.ts'
import type { Opened } from './open-responses.ts'
import { joinLanes, type PackedBatch, type PackedLane, packBatch, packedCount, unpack } from './packed.ts'
import type { Release } from './release.ts'
import { type OitAnswers, ScorecardBuilder } from './scorecard.ts'

/**
 * An opened box. Responses go in, and what comes out has passed the disclosure rules: `release` gives the tables, `rows` the
 * responses of the parts that may be shown. Nothing else reaches a screen or a file.
 */
export class Opening {
  readonly #manifest: Manifest
  readonly #groups: RoundGroups
  readonly #builder: ScorecardBuilder
  readonly #packed: PackedLane[] = []
  #counted = 0
  #spoiled = 0

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
    return this.#spoiled
  }

  add(opened: readonly Opened[]): void {
    this.addPacked(packBatch(opened, this.#manifest))
  }

  /** The same from a worker, which packed them. */
  addPacked({ lanes, spoiled }: PackedBatch): void {
    for (const lane of lanes) {
      const n = packedCount(lane)
      for (let row = 0; row < n; row += 1) this.#builder.add(unpack(lane, row, this.#groups))
      this.#packed.push(lane)
      this.#counted += n
    }
    for (const { reason, n } of spoiled) {
      for (let count = 0; count < n; count += 1) this.#builder.addSpoiled(reason)
      this.#spoiled += n
    }
  }

  /** All tables that may leave, with OIT where it was ticked. */
  release(oit?: OitAnswers): Release {
    const { cid, fiscalYear, agency, k } = this.#manifest
    const shown = this.#builder.finish(oit, (lane) => smallestPart(this.#manifest, lane))
    const hidden = new Set(shown.withheld.map(({ lane }) => lane))
    const breakdowns = this.#builder
      .breakdowns((lane) => (lane === 'iit' ? k.iit : k.eit))
      .filter(({ lane }) => !hidden.has(lane))
    return { v: 1, cid, fiscalYear, agency, k, ...shown, breakdowns }
  }

  /** The responses of every part that may be shown. */
  rows(): PackedLane[] {
    const hidden = new Set(this.release().withheld.map(({ lane }) => lane))
    return joinLanes(this.#packed).filter(({ lane }) => !hidden.has(lane))
  }
}

/** Fewer responses than this are not shown even as a whole (R1): a mean of nine nearly names who answered. A demonstration hides nothing. */
function smallestPart(manifest: Manifest, lane: Lane): number {
  if (isDemonstration(manifest)) return 1
  return lane === 'iit' ? manifest.k.iit : manifest.k.eit
}
