import type { Language } from '#protocol/language'
import measures2566 from './2566/measures.json' with { type: 'json' }

/** A measure that somebody used or proposed: what a person may begin from. In Thai, as the documents are. */
export interface LibraryMeasure {
  readonly id: string
  /** Issue of the year's findings map, or `disclosure`. */
  readonly issue: string
  /** Items of IIT and EIT that it answers. */
  readonly items: readonly string[]
  readonly text: string
  readonly steps: readonly string[]
  readonly monitoring: string
  /** What will show that it was done. */
  readonly proof: string
  /** How success is seen beside the items' scores; '' for nothing. */
  readonly success: string
  /** Key of `origins`. */
  readonly origin: string
}

/** A year's measures to choose from: written by hand, never worked out, and never put into a plan by themselves. */
export interface MeasureLibrary {
  /** Where measures come from, in words. */
  readonly origins: Readonly<Record<string, Readonly<Record<Language, string>>>>
  readonly measures: readonly LibraryMeasure[]
}

/** By id of the year. */
const LIBRARIES: Readonly<Record<string, MeasureLibrary>> = { '2566': measures2566 }

/** A year's library; empty where nobody wrote one. */
export function measureLibraryOf(year: string): MeasureLibrary {
  return LIBRARIES[year] ?? { origins: {}, measures: [] }
}
