import type { Manifest, Window } from './manifest.ts'

const BANGKOK_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok', dateStyle: 'short' })

/** The day in Bangkok of a moment (ms since 1970), as manifests write it: 2026-11-22. */
export function bangkokDay(timeMs: number): string {
  return BANGKOK_DAY.format(timeMs)
}

const BANGKOK_HOUR = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok', hour: '2-digit', hourCycle: 'h23' })

/** The hour in Bangkok of a moment (ms since 1970): 2026-11-22 09:00. As exact as anything about a tablet is ever kept. */
export function bangkokHour(timeMs: number): string {
  return `${bangkokDay(timeMs)} ${BANGKOK_HOUR.format(timeMs)}:00`
}

/** Years of the Buddhist calendar are this much later. */
export const BUDDHIST_YEARS = 543

/** The Thai fiscal year (B.E.) in which a day lies: it begins in October and is named after the year in which it ends. */
export function fiscalYearOf(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return year + BUDDHIST_YEARS + (month >= 10 ? 1 : 0)
}

/** Where a moment lies in a window of days. */
export function placeIn({ from, to }: Window, timeMs: number): 'before' | 'within' | 'after' {
  const day = bangkokDay(timeMs)
  if (day < from) return 'before'
  return day > to ? 'after' : 'within'
}

/** Whether the day on which the box is closed, as people were told, is over. */
export function isOver({ closesOn }: Pick<Manifest, 'closesOn'>, timeMs: number): boolean {
  return bangkokDay(timeMs) > closesOn
}
