import type { Lane } from '#protocol/lane'
import { type RoundForms, roundFormsOf } from '#results/round-forms'
import type { Questionnaire } from '#survey/questionnaire'

/** The year that tests ask, where nothing depends on which it is. */
export const TEST_YEAR = '2566'

function formsOf(year: string): RoundForms {
  const forms = roundFormsOf(year)
  if (!forms) throw new Error(`no instruments ${year}`)
  return forms
}

/** All that is asked in that year. */
export const FORMS = formsOf(TEST_YEAR)

/** The same for a round of some lanes only. */
export function formsOfLanes(...lanes: readonly Lane[]): RoundForms {
  return { ...FORMS, lanes: Object.fromEntries(lanes.map((lane) => [lane, FORMS.lanes[lane]])) }
}

/** A questionnaire of that year, by its id. Throws when it has no such one. */
export function questionnaire(id: string): Questionnaire {
  const found = [...Object.values(FORMS.lanes), FORMS.oit].find((form) => form.id === id)
  if (!found) throw new Error(`no questionnaire ${id}`)
  return found
}
