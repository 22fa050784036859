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

/** Rows that are made one after the other as they are read: a million of them as arrays would need a gigabyte. */
export interface ExportRows extends Iterable<ExportRow> {
  readonly length: number
}

/** All rows of some lanes, shuffled together. */
export function exportRows({ rows, forms, randomBelow }: ExportInput, lanes: readonly Lane[]): ExportRows {
  const ids = itemIds(forms)
  const own = rows.filter(({ lane }) => lanes.includes(lane))
  const starts = own.map((_, at) => own.slice(0, at).reduce((sum, packed) => sum + packedCount(packed), 0))
  const length = own.reduce((sum, packed) => sum + packedCount(packed), 0)
  const order = shuffled(
    Array.from({ length }, (_, place) => place),
    randomBelow,
  )
  function* inOrder(): Generator<ExportRow> {
    for (const place of order) {
      const at = starts.filter((start) => start <= place).length - 1
      const packed = own[at]
      if (packed) yield toRow(unpack(packed, place - (starts[at] ?? 0)), ids)
    }
  }
  return { length, [Symbol.iterator]: inOrder }
}

/** Rows some at a time, as a file is written in parts. */
export function* inParts(rows: ExportRows, size: number): Generator<ExportRow[]> {
  let part: ExportRow[] = []
  for (const row of rows) {
    part.push(row)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/** Names of files: the round, what it is, nothing about when or by whom. */
export function fileName({ release }: Pick<ExportInput, 'release'>, what: string): string {
  return `ita-${release.fiscalYear}-${release.cid.slice(0, 6)}-${what}`
}
