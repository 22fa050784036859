import { INTL_LOCALES, languageOf } from '#protocol/language'

const LONG: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'UTC' }

/** A day as people write it: in Thai with the Buddhist year. */
export function dayInWords(day: string, language: string): string {
  return new Intl.DateTimeFormat(INTL_LOCALES[languageOf(language)], LONG).format(new Date(`${day}T00:00:00Z`))
}

/** Names of the months. */
export function monthNames(language: string): string[] {
  const format = new Intl.DateTimeFormat(INTL_LOCALES[languageOf(language)], { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)))
}

/** Days from one day to another, both counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1
}

/** A day so many days later. */
export function dayLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
