import type { DocumentInput, DocumentKind } from './input.ts'
import { measuresDocument } from './measures-document.ts'
import type { DocumentModel } from './model.ts'
import { reportDocument } from './report-document.ts'
import { summaryDocument } from './summary-document.ts'

/** A document of a kind, as what it says. */
export function makeDocument(kind: DocumentKind, input: DocumentInput): DocumentModel {
  switch (kind) {
    case 'measures':
      return measuresDocument(input)
    case 'report-half':
      return reportDocument(input, 'half')
    case 'report':
      return reportDocument(input, 'whole')
    case 'summary':
      return summaryDocument(input)
  }
}
