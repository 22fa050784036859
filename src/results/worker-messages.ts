import type { YearDocument } from '#instruments/years'
import type { WordBundles } from './exports/export-words.ts'
import type { ExportKind } from './exports/write-export.ts'
import type { PackedBatch, PackedLane } from './packed.ts'
import type { Release, RowsAre } from './release.ts'
import type { RoundForms } from './round-forms.ts'

/** What a worker that opens is told first: the campaign, and the box's key. */
export interface OpenBegin {
  readonly manifest: string
  /** What the round asks: a worker knows only what comes with the program. */
  readonly document: YearDocument
  readonly key: Uint8Array<ArrayBuffer>
}

/** Then whole lines of the box, some hundred at a time. */
export interface OpenLines {
  readonly id: number
  readonly lines: Uint8Array<ArrayBuffer>
}

/** What became of them. */
export interface OpenedLines {
  readonly id: number
  /** Sealed rows among the lines. */
  readonly rows: number
  readonly batch: PackedBatch
  /** The number of rows the last line says there are. */
  readonly end: number | null
  /** Whether a line was no line of a box. */
  readonly damaged: boolean
}

/** One file to write. */
export interface ExportOrder {
  readonly kind: ExportKind
  readonly release: Release
  readonly forms: RoundForms
  readonly rows: readonly PackedLane[]
  readonly rowsAre: RowsAre
  readonly words: WordBundles
}

/** How far it is; the whole file last. */
export type ExportNews =
  | { readonly rows: number; readonly of: number }
  | { readonly name: string; readonly parts: readonly (string | Blob)[] }
  | { readonly failed: string }
