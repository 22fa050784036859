import type { Language } from '#protocol/language'
import ditp2566 from './2566/published.json' with { type: 'json' }

/** Scores that some department published, as they were printed: two decimals, 0–100. */
export interface PublishedFigures {
  readonly id: string
  /** Id of the year whose instruments were used. */
  readonly instruments: string
  readonly fiscalYear: number
  /** Whose figures, and where they were published, by language. */
  readonly source: Readonly<Record<Language, string>>
  /** How many answered, by lane. */
  readonly respondents: Readonly<Record<string, number>>
  /** By lane, `eit`, `oit` and `total`. */
  readonly scores: Readonly<Record<string, number>>
  readonly indicators: Readonly<Record<string, number>>
  /** By lane and item. */
  readonly items: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What was not disclosed; all else was. Null where it is not known of every item. */
  readonly oitZeroItems: readonly string[] | null
}

/** Figures to try things with: they are some other department's past, never anybody's own unless chosen. */
export const PUBLISHED: readonly PublishedFigures[] = [ditp2566]
