import eit2566 from '#instruments/2566/eit.json' with { type: 'json' }
import iit2566 from '#instruments/2566/iit.json' with { type: 'json' }
import oit2566 from '#instruments/2566/oit.json' with { type: 'json' }
import { type Questionnaire, readQuestionnaire } from '#survey/questionnaire'

/** Published questionnaire files by id, for hashing into a manifest. */
export const QUESTIONNAIRE_FILES = { 'iit-2566': iit2566, 'eit-2566': eit2566, 'oit-2566': oit2566 } as const

const questionnaires = new Map<string, Questionnaire>(
  Object.entries(QUESTIONNAIRE_FILES).map(([id, file]) => [id, readQuestionnaire(file)]),
)

/** A published questionnaire. Throws on an id nobody published. */
export function questionnaire(id: string): Questionnaire {
  const found = questionnaires.get(id)
  if (!found) throw new Error(`no questionnaire ${id}`)
  return found
}
