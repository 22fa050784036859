import { BUDDHIST_YEARS } from '#protocol/day'

/** Days of a Thai fiscal year, both counted: 1 October of the year before to 30 September. `fiscalYear` is a Buddhist year. */
export function fiscalYearDays(fiscalYear: number): { readonly from: string; readonly to: string } {
  const year = fiscalYear - BUDDHIST_YEARS
  return { from: `${year - 1}-10-01`, to: `${year}-09-30` }
}

/** The year in which something is done about a result: the one after it was measured. */
export function measuresYear(fiscalYear: number): number {
  return fiscalYear + 1
}
