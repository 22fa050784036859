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
  const load = FILES[pathOf(id)]
  if (!load) return null
  const [file] = await Promise.all([load(), loadFormWords(instance, id)])
  return file.id === id && (await canonicalHash(file)) === hash ? readQuestionnaire(file) : null
}

/**
 * Fetches the questionnaires of the newest year while nobody knows yet which one is asked: nearly always it is one of them,
 * and "ready" then waits for nothing more. What cannot be fetched now is asked for again by `loadForm`.
 */
export async function fetchNewestForms(instance: i18n): Promise<void> {
  const places = Object.keys(FILES).map((path) => path.split('/').slice(-2))
  const newest = places.map(([year = '']) => year).sort()[places.length - 1]
  const ids = places.flatMap(([year, file = '']) => (year === newest ? [`${file.replace('.json', '')}-${year}`] : []))
  await Promise.allSettled(ids.flatMap((id) => [FILES[pathOf(id)]?.(), loadFormWords(instance, id)]))
}

function pathOf(id: string): string {
  const [instrument, year] = id.split('-')
  return `../../instruments/${year}/${instrument}.json`
}
