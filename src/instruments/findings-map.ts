import type { Language } from '#protocol/language'
import findings2566 from './2566/findings.json' with { type: 'json' }

/** One thing that items are about: what a department's analysis has a paragraph for. */
export interface Issue {
  readonly id: string
  readonly name: Readonly<Record<Language, string>>
  /** Items whose answers say something about it. An item may stand at several issues. */
  readonly items: readonly string[]
  /** Items of OIT that it is tied to. */
  readonly oit: readonly string[]
}

/** How a year's items are read as issues: written by hand, never worked out. */
export interface FindingsMap {
  readonly issues: readonly Issue[]
  /** What respondents mean where an item scores low, in the official Thai of such an analysis: by item. No causes. */
  readonly weak: Readonly<Record<string, string>>
}

/** By id of the year. A year without a map is read indicator by indicator. */
const MAPS: Readonly<Record<string, FindingsMap>> = { '2566': findings2566 }

/** A year's map; null where nobody wrote one. */
export function findingsMapOf(year: string): FindingsMap | null {
  return MAPS[year] ?? null
}
