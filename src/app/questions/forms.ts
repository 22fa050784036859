import type { i18n } from 'i18next'
import { addFormWords, formWordsOf } from '#i18n/i18n.ts'
import type { FormDocument } from '#instruments/form-document'
import { canonicalHash } from '#protocol/json'
import type { Lane } from '#protocol/lane'
import type { ManifestForm } from '#protocol/manifest'
import { type Questionnaire, type QuestionnaireFile, readQuestionnaire } from '#survey/questionnaire'
import { keepEmblem } from './kept-emblem.ts'
import { fetchDocument } from './kept-forms.ts'

/** What people can be asked, a file each: a device fetches only what its round asks. */
const FILES = import.meta.glob<QuestionnaireFile>('../../instruments/*/{iit,eit}.json', { import: 'default' })

/**
 * The questionnaire that a manifest names, with its words in every language: this app's own where it is, to the letter, what
 * everybody else of the round is asked; otherwise the document that the collector serves by that hash. Null when there is
 * none. The round's emblem is fetched with it, and waited for, but nothing fails for want of it. Rejects when the questionnaire
 * cannot be fetched now.
 */
export async function loadForm(
  instance: i18n,
  { id, hash }: ManifestForm,
  emblem?: string,
): Promise<Questionnaire | null> {
  const [own] = await Promise.all([bundled(id), emblem === undefined ? null : keepEmblem(emblem)])
  const isOurs = own !== null && (await canonicalHash(own)) === hash
  const document = isOurs ? own : await fetchDocument(hash)
  if (document?.form.id !== id) return null
  addFormWords(instance, id, document.words)
  return readQuestionnaire(document.form)
}

/** A questionnaire with the hash that manifests name it by. */
export interface KnownForm {
  readonly questionnaire: Questionnaire
  readonly hash: string
}

/**
 * What a lane is most likely asked, before its round is known: this app's newest questionnaire for it. Null when there is none.
 * Rejects when it cannot be fetched now.
 */
export async function loadNewestForm(instance: i18n, lane: Lane): Promise<KnownForm | null> {
  const document = await bundled(newestFormOf(lane))
  if (!document) return null
  addFormWords(instance, document.form.id, document.words)
  return { questionnaire: readQuestionnaire(document.form), hash: await canonicalHash(document) }
}

function newestFormOf(lane: Lane): string {
  return `${lane === 'iit' ? 'iit' : 'eit'}-${newestYear()}`
}

function newestYear(): string {
  const years = Object.keys(FILES).map((path) => path.split('/').slice(-2)[0] ?? '')
  return years.sort()[years.length - 1] ?? ''
}

/**
 * Fetches the questionnaires of the newest year while nobody knows yet which one is asked: nearly always it is one of them,
 * and "ready" then waits for nothing more. What cannot be fetched now is asked for again by `loadForm`.
 */
export async function fetchNewestForms(instance: i18n): Promise<void> {
  await Promise.allSettled((['iit', 'eit-public'] as const).map((lane) => loadNewestForm(instance, lane)))
}

/** A questionnaire of this app with its words; null where it has none of that id. */
async function bundled(id: string): Promise<FormDocument | null> {
  const [instrument, year] = id.split('-')
  const load = FILES[`../../instruments/${year}/${instrument}.json`]
  if (!load) return null
  const [form, words] = await Promise.all([load(), formWordsOf(id)])
  return form.id === id ? { form, words } : null
}
