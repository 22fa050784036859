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

/** The topics of OIT that documents are evidence for: their items' numbers differ from year to year. */
const TOPICS: Readonly<Partial<Record<DocumentKind, string>>> = {
  measures: 'measures',
  report: 'measures-report',
  'report-half': 'measures-report',
}

/** Which item of OIT a document is published for, e.g. O42; '' for none, or where the year's list does not say. */
export function oitItemOf(kind: DocumentKind, { forms }: Pick<DocumentInput, 'forms'>): string {
  return forms.oit.topics[TOPICS[kind] ?? '']?.[0] ?? ''
}
