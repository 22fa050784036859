import type { Lane } from '#protocol/lane'
import type { Manifest, ManifestYear } from '#protocol/manifest'
import type { SpoiledReason } from './open-responses.ts'
import type { PartBreakdown, Scorecard, Withheld } from './scorecard.ts'

/** Everything that may be shown of an opened round, and all that screens, files and documents are made of. */
export interface Release extends Scorecard, Pick<Manifest, 'cid' | 'fiscalYear' | 'agency' | 'k'> {
  readonly v: 2
  /** Whose instruments were asked and scored by. */
  readonly asked: ManifestYear
  /** Responses that do not count, and why. */
  readonly spoiled: readonly { readonly reason: SpoiledReason; readonly n: number }[]
  /** Parts that are not shown, and why. */
  readonly withheld: readonly Withheld[]
  /** Parts by what visitors came for, by service point, by unit: as far as nobody can be worked out. */
  readonly breakdowns: readonly PartBreakdown[]
  /** Parts whose whole rows and breakdowns must not both leave, and which of them the team has chosen. */
  readonly choices: readonly { readonly lane: Lane; readonly chosen: PartChoice | null }[]
}

/** What leaves of a part whose rows and breakdowns together would tell whose a row is; chosen once for the whole round. */
export type PartChoice = 'rows' | 'breakdowns'

export type ChosenParts = Readonly<Partial<Record<Lane, PartChoice>>>

/** Rows as they were answered, or each column shuffled by itself. */
export type RowsAre = 'whole' | 'protected'
