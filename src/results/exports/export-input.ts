import type { Lane } from '#protocol/lane'
import { shuffled } from '#protocol/shuffled'
import { type PackedLane, packedCount, unpack } from '../packed.ts'
import type { Release, RowsAre } from '../release.ts'
import { type ExportRow, itemIds, toRow } from '../responses-csv.ts'
import type { RoundForms } from '../round-forms.ts'
import type { WordBundles } from './export-words.ts'

/** What every file is made of: only what was released. */
export interface ExportInput {
  readonly release: Release
  readonly forms: RoundForms
  readonly rows: readonly PackedLane[]
  readonly rowsAre: RowsAre
  readonly words: WordBundles
  /** A whole number below the bound; rows are written in an order that says nothing. */
  readonly randomBelow: (bound: number) => number
}

/** All rows of some lanes, shuffled together. */
export function exportRows({ rows, forms, randomBelow }: ExportInput, lanes: readonly Lane[]): ExportRow[] {
  const ids = itemIds(forms)
  const places = rows
    .filter(({ lane }) => lanes.includes(lane))
    .flatMap((packed) => Array.from({ length: packedCount(packed) }, (_, row) => [packed, row] as const))
  return shuffled(places, randomBelow).map(([packed, row]) => toRow(unpack(packed, row), ids))
}

/** Names of files: the round, what it is, nothing about when or by whom. */
export function fileName({ release }: Pick<ExportInput, 'release'>, what: string): string {
  return `ita-${release.fiscalYear}-${release.cid.slice(0, 6)}-${what}`
}
