import type { DocumentInput, DocumentKind } from './input.ts'

/** One document to write. */
export interface DocumentOrder {
  readonly kind: DocumentKind
  readonly input: DocumentInput
}

/** The file, or why there is none. */
export type DocumentNews = { readonly file: ArrayBuffer } | { readonly failed: string }
