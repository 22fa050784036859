import type { QuestionnaireFile } from '#survey/questionnaire'
import { readYear, type Year, type YearFile } from '#survey/year'
import eit2566 from './2566/eit.json' with { type: 'json' }
import iit2566 from './2566/iit.json' with { type: 'json' }
import oit2566 from './2566/oit.json' with { type: 'json' }
import rules2566 from './2566/year.json' with { type: 'json' }
import eit2567 from './2567/eit.outline.json' with { type: 'json' }
import iit2567 from './2567/iit.outline.json' with { type: 'json' }
import oit2567 from './2567/oit.outline.json' with { type: 'json' }
import rules2567 from './2567/year.json' with { type: 'json' }

/** The files of one year, as they are hashed into a manifest. */
export interface YearFiles {
  readonly rules: YearFile
  readonly forms: readonly QuestionnaireFile[]
}

/** The list of years: a folder that is not named here is not asked, scored or shown anywhere. */
const FILES: readonly YearFiles[] = [
  { rules: rules2566, forms: [iit2566, eit2566, oit2566] },
  { rules: rules2567, forms: [iit2567, eit2567, oit2567] },
]

/** All years there are, the earliest first. */
export const YEARS: readonly Year[] = FILES.map(({ rules, forms }) => readYear(rules, forms))

/** A year by its id; null when there is none. */
export function yearOf(id: string): Year | null {
  return YEARS.find((year) => year.id === id) ?? null
}

/** The files of a year. Throws on an id that is not in the list. */
export function filesOf(id: string): YearFiles {
  const found = FILES.find(({ rules }) => rules.id === id)
  if (!found) throw new Error(`no instruments of ${id}`)
  return found
}

/** The newest year with which a round can begin. */
export function newestYear(): Year {
  const whole = YEARS.filter(({ status }) => status === 'published')
  const newest = whole[whole.length - 1]
  if (!newest) throw new Error('no year is published')
  return newest
}
