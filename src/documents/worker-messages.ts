import type { DocumentInput, DocumentKind } from './input.ts'

/** Files that are made of a plan: documents, its workbook, its measures as CSV. */
export type PlanFileKind = DocumentKind | 'xlsx' | 'csv'

/** One file to write. */
export interface DocumentOrder {
  readonly kind: PlanFileKind
  readonly input: DocumentInput
}

/** The file, or why there is none. */
export type DocumentNews = { readonly file: Blob | ArrayBuffer | string } | { readonly failed: string }
