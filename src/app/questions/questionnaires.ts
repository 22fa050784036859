import eit2566 from '#instruments/2566/eit.json' with { type: 'json' }
import iit2566 from '#instruments/2566/iit.json' with { type: 'json' }
import { canonicalHash } from '#protocol/json'
import type { ManifestForm } from '#protocol/manifest'
import { type Questionnaire, type QuestionnaireFile, readQuestionnaire } from '#survey/questionnaire'

const FILES: Readonly<Record<string, QuestionnaireFile>> = { 'iit-2566': iit2566, 'eit-2566': eit2566 }

/** A questionnaire this app can ask. */
export function questionnaireOf(form: string): Questionnaire | null {
  const file = FILES[form]
  return file ? readQuestionnaire(file) : null
}

/** Whether this app asks the very questions a manifest names, by hash. */
export async function asksTheSame({ id, hash }: ManifestForm): Promise<boolean> {
  const file = FILES[id]
  return file !== undefined && (await canonicalHash(file)) === hash
}
