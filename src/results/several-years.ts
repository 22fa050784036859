import { baselineOfRelease, isComparable } from './baseline.ts'
import type { Release } from './release.ts'

/** A score of one year; `changed` where that year asked something else by the same name; null where it has none. */
export type YearScore = number | 'changed' | null

/** Results of an agency's years as one table, the earliest year first. */
export interface SeveralYears {
  readonly fiscalYears: readonly number[]
  /** Total, instruments and parts of EIT: what is called the same in every year. */
  readonly wholes: readonly YearRow<(typeof WHOLES)[number]>[]
  /** Indicators of the latest year. */
  readonly indicators: readonly YearRow[]
  /** Years whose instruments are other ones than the latest year's. */
  readonly changed: readonly number[]
}

interface YearRow<Key extends string = string> {
  readonly key: Key
  readonly scores: readonly YearScore[]
}

const WHOLES = ['total', 'iit', 'eit', 'eit-public', 'eit-survey', 'oit'] as const

/** `latest` with kept results of earlier years. Where instruments changed, indicators are not put side by side: a line between them would say something that nobody measured. */
export function severalYears(latest: Release, earlier: readonly Release[]): SeveralYears {
  const releases = [...earlier, latest].sort((one, other) => one.fiscalYear - other.fiscalYear)
  const years = releases.map((release) => ({
    ...baselineOfRelease(release, ''),
    isAlike: isComparable({ instruments: release.asked.id }, latest),
  }))
  const own = Object.keys(baselineOfRelease(latest, '').indicators)
  const wholes = WHOLES.map((key) => ({ key, scores: years.map(({ scores }) => scores[key] ?? null) }))
  return {
    fiscalYears: years.map(({ fiscalYear }) => fiscalYear),
    wholes: wholes.filter(({ scores }) => scores.some((score) => score !== null)),
    indicators: own.map((key) => ({
      key,
      scores: years.map(({ indicators, isAlike }) => (isAlike ? (indicators[key] ?? null) : 'changed')),
    })),
    changed: years.flatMap(({ fiscalYear, isAlike }) => (isAlike ? [] : [fiscalYear])),
  }
}
