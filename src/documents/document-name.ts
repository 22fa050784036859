import { measuresYear } from '#measures/fiscal-year'
import { FIRST_LANGUAGE, INTL_LOCALES } from '#protocol/language'
import type { DocumentInput, DocumentKind } from './input.ts'

const DAY = new Intl.DateTimeFormat(INTL_LOCALES[FIRST_LANGUAGE], { dateStyle: 'medium', timeZone: 'UTC' })

type Named = Pick<DocumentInput, 'release' | 'forms' | 'words'>

/** A file's name: the item that it is published for, what it is, whose, of which year, and the day it was written. */
export function documentName(kind: DocumentKind, input: Named, day: string): string {
  return named([oitItemOf(kind, input), input.words.name[kind]], kind === 'summary' ? 0 : 1, input, day, 'docx')
}

/** The name of the plan's workbook or CSV. */
export function planName(input: Named, day: string, ending: 'xlsx' | 'csv'): string {
  return named([input.words.name.plan], 1, input, day, ending)
}

/** `later` is 1 for what is about the year after the measured one. */
function named(what: readonly string[], later: 0 | 1, { release }: Named, day: string, ending: string): string {
  const year = later === 1 ? measuresYear(release.fiscalYear) : release.fiscalYear
  const written = DAY.format(new Date(`${day}T00:00:00Z`))
  const parts = [...what, release.agency[FIRST_LANGUAGE].short, String(year), written]
  return `${fileSafe(parts.filter((part) => part !== '').join(' '))}.${ending}`
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
