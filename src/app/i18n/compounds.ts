import type { PostProcessorModule } from 'i18next'
import compounds from '#locales/th/compounds.json' with { type: 'json' }

/** Joins what stands on both sides of it: no line ends there, nothing is seen of it. */
const WORD_JOINER = '\u2060'

/**
 * Compounds that browsers break in two at the end of a line, because each half is a word; where they break is where a space
 * stands in the list. A half alone at the end of a line is misread.
 */
const JOINED = new Map(compounds.map((one) => [one.replace(/ /g, ''), one.replace(/ /g, WORD_JOINER)]))

// the longest first: a compound may begin another
const FOUND = new RegExp([...JOINED.keys()].sort((a, b) => b.length - a.length).join('|'), 'g')

/** A text whose compounds stay whole at the ends of lines. */
function keepCompounds(text: string): string {
  return text.replace(FOUND, (compound) => JOINED.get(compound) ?? compound)
}

/** A text without them: for a voice, a file, whatever is not a line on a screen. */
export function withoutJoiners(text: string): string {
  return text.split(WORD_JOINER).join('')
}

/** For screens only: words of files are read from `locales/` without i18next. */
export const COMPOUNDS_KEPT: PostProcessorModule = {
  type: 'postProcessor',
  name: 'compounds',
  process: (value) => keepCompounds(value),
}
