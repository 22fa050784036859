import type { Manifest } from '#protocol/manifest'
import type { ContactBreakdown, Scorecard, Withheld } from './scorecard.ts'

/** Everything that may be shown of an opened round, and all that screens, files and documents are made of. */
export interface Release extends Scorecard, Pick<Manifest, 'cid' | 'fiscalYear' | 'agency' | 'k'> {
  readonly v: 1
  /** Parts that are not shown, and why. */
  readonly withheld: readonly Withheld[]
  /** EIT parts by what visitors came for. */
  readonly contacts: readonly ContactBreakdown[]
}
