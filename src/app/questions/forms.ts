import type { i18n } from 'i18next'
import { loadFormWords } from '#i18n/i18n.ts'
import { canonicalHash } from '#protocol/json'
import type { ManifestForm } from '#protocol/manifest'
import { type Questionnaire, type QuestionnaireFile, readQuestionnaire } from '#survey/questionnaire'

/** What people can be asked, a file each: a device fetches only what its round asks. */
const FILES = import.meta.glob<QuestionnaireFile>('../../instruments/*/{iit,eit}.json', { import: 'default' })

/**
 * The questionnaire that a manifest names, with its words in every language. Null when this app does not have it, or has it
 * with other bytes than everybody else is asked. Rejects when it cannot be fetched now.
 */
export async function loadForm(instance: i18n, { id, hash }: ManifestForm): Promise<Questionnaire | null> {
  const [instrument, year] = id.split('-')
  const load = FILES[`../../instruments/${year}/${instrument}.json`]
  if (!load) return null
  const [file] = await Promise.all([load(), loadFormWords(instance, id)])
  return file.id === id && (await canonicalHash(file)) === hash ? readQuestionnaire(file) : null
}
