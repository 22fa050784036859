import { measuresYear } from '#measures/fiscal-year'
import { FIRST_LANGUAGE, INTL_LOCALES } from '#protocol/language'
import type { DocumentInput, DocumentKind } from './input.ts'

const DAY = new Intl.DateTimeFormat(INTL_LOCALES[FIRST_LANGUAGE], { dateStyle: 'medium', timeZone: 'UTC' })

/** A file's name: the item that it is published for, what it is, whose, of which year, and the day it was written. */
export function documentName(
  kind: DocumentKind,
  input: Pick<DocumentInput, 'release' | 'forms' | 'words'>,
  day: string,
): string {
  const { release, words } = input
  const year = kind === 'summary' ? release.fiscalYear : measuresYear(release.fiscalYear)
  const written = DAY.format(new Date(`${day}T00:00:00Z`))
  const parts = [oitItemOf(kind, input), words.name[kind], release.agency[FIRST_LANGUAGE].short, String(year), written]
  return `${fileSafe(parts.filter((part) => part !== '').join(' '))}.docx`
}

/** Without what any system forbids in names of files. */
function fileSafe(name: string): string {
  return name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
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
