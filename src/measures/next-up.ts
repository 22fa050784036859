import type { Publication } from '#protocol/measures'
import { fiscalYearDays, measuresYear } from './fiscal-year.ts'
import { type Plan, type PlannedMeasure, stateOf } from './plan.ts'

/** One thing that a team should do next. */
export type NextUp =
  | { readonly what: 'overdue' | 'soon' | 'begin'; readonly measure: PlannedMeasure }
  | { readonly what: 'publish'; readonly document: Publication['document'] }
  | { readonly what: 'plan' }

/** A measure that ends within so many days should be done soon. */
const SOON_DAYS = 45

/**
 * What is to be done next, the most urgent first: measures that should have been done, documents that are due, measures that
 * end soon, and those that should have begun. `today` is a day in Bangkok.
 */
export function nextUp(plan: Plan, fiscalYear: number, today: string): NextUp[] {
  const going = plan.measures.filter((one) => !['done', 'given-up'].includes(stateOf(one)))
  if (plan.measures.length === 0) return [{ what: 'plan' }]
  const soon = later(today, SOON_DAYS)
  const byEnd = [...going].sort((one, other) => (one.to < other.to ? -1 : 1))
  const ends = (from: string, to: string) => byEnd.filter((one) => one.to !== '' && one.to >= from && one.to < to)
  const late = going.filter(
    (one) => stateOf(one) === 'not-begun' && one.from !== '' && one.from <= today && one.to > soon,
  )
  return [
    ...ends('', today).map((measure) => ({ what: 'overdue', measure }) as const),
    ...dueDocuments(plan, fiscalYear, today).map((document) => ({ what: 'publish', document }) as const),
    ...ends(today, soon).map((measure) => ({ what: 'soon', measure }) as const),
    ...late.map((measure) => ({ what: 'begin', measure }) as const),
  ]
}

/** Documents of the year that should be published by now and are not: the measures at once, reports after six and twelve months. */
function dueDocuments({ publications }: Plan, fiscalYear: number, today: string): Publication['document'][] {
  const { from, to } = fiscalYearDays(measuresYear(fiscalYear))
  const half = `${to.slice(0, 4)}-04-01`
  const due = [
    ['measures', from],
    ['report-half', half],
    ['report', later(to, 1)],
  ] as const
  const published = new Set(publications.map(({ document }) => document))
  return due.flatMap(([document, on]) => (on <= today && !published.has(document) ? [document] : []))
}

/** A day so many days later. */
function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
