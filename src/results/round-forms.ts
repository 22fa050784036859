import { addYear, documentOf, type YearDocument, yearOf } from '#instruments/years'
import { sha256, toBase64Url, utf8 } from '#protocol/bytes'
import { canonicalHash, canonicalJson } from '#protocol/json'
import { LANES, type Lane } from '#protocol/lane'
import type { Manifest, ManifestForm, ManifestYear } from '#protocol/manifest'
import type { Questionnaire } from '#survey/questionnaire'
import type { Year } from '#survey/year'

/** What one round asks and how it is scored. */
export interface RoundForms {
  readonly year: Year
  /** The questionnaire of each lane that the round has. */
  readonly lanes: Readonly<Partial<Record<Lane, Questionnaire>>>
  readonly oit: Questionnaire
}

/** Lanes whose responses are in the scores and share the tables; those of the poster are shown apart. */
export const COUNTED_LANES = ['iit', 'eit-public', 'eit-survey'] as const satisfies readonly Lane[]

/** The forms of a round by the ids in its manifest. Null when this program does not have its year. */
export function formsOfRound({ instruments, lanes }: Pick<Manifest, 'instruments' | 'lanes'>): RoundForms | null {
  const year = yearOf(instruments.id, instruments.hash)
  if (!year) return null
  const found: Partial<Record<Lane, Questionnaire>> = {}
  for (const lane of LANES) {
    const entry = lanes[lane]
    if (!entry) continue
    const form = year.lanes[lane]
    if (form?.id !== entry.form.id) return null
    found[lane] = form
  }
  return { year, lanes: found, oit: year.oit }
}

/** The same. Throws where a round was let in whose year is not there. */
export function roundForms(manifest: Pick<Manifest, 'instruments' | 'lanes'>): RoundForms {
  const forms = formsOfRound(manifest)
  if (!forms) throw new Error(`this program has no instruments ${manifest.instruments.id}`)
  return forms
}

/** All forms of a year, for what belongs to no round. Null when there is no such year. */
export function roundFormsOf(id: string): RoundForms | null {
  const year = yearOf(id)
  if (!year) return null
  const lanes = Object.fromEntries(
    LANES.flatMap((lane) => (year.lanes[lane] ? [[lane, year.lanes[lane]] as const] : [])),
  )
  return { year, lanes, oit: year.oit }
}

/** Whether what this program would score by is, to the letter, what the manifest names. */
export async function areTheSame(manifest: Pick<Manifest, 'instruments' | 'lanes'>): Promise<boolean> {
  if (!formsOfRound(manifest)) return false
  const { id, hash } = manifest.instruments
  const { instruments, forms } = await hashesOf(documentOf(id, hash))
  const said = LANES.flatMap((lane) => manifest.lanes[lane]?.form ?? [])
  return instruments.hash === hash && said.every((form) => forms[form.id]?.hash === form.hash)
}

/** What a manifest says of a year: its own hash, over rules, questionnaires and words, and the hash of each questionnaire with its words. */
export async function hashesOf(
  document: YearDocument,
): Promise<{ readonly instruments: ManifestYear; readonly forms: Readonly<Record<string, ManifestForm>> }> {
  const hashed = document.forms.map(async (one) => {
    const { id } = one.form
    return [id, { id, hash: await canonicalHash(one) }] as const
  })
  return {
    instruments: { id: document.rules.id, hash: await canonicalHash(document) },
    forms: Object.fromEntries(await Promise.all(hashed)),
  }
}

/** The document of a year and those of its questionnaires, as the texts whose hashes a manifest names. */
export async function namedDocuments(
  document: YearDocument,
): Promise<{ readonly hash: Uint8Array; readonly text: string }[]> {
  const texts = [document, ...document.forms].map(canonicalJson)
  return Promise.all(texts.map(async (text) => ({ hash: await sha256(utf8(text)), text })))
}

/**
 * Makes the instruments of a round known here: those of this program where they are the very ones its manifest names, and
 * otherwise the document of that hash, from wherever `read` gets it. False where there is none.
 */
export async function learnInstruments(
  { id, hash }: ManifestYear,
  read: (hash: string) => Promise<string | null>,
): Promise<boolean> {
  const own = yearOf(id, hash) ? await canonicalHash(documentOf(id, hash)) : null
  if (own === hash) return true
  const text = await read(hash)
  if (text === null || toBase64Url(await sha256(utf8(text))) !== hash) return false
  const document = JSON.parse(text) as YearDocument
  return document.rules.id === id && addYear(document, hash).id === id
}

/** The questionnaires whose items are columns of a table, each once: those of the whole year, whatever lanes a round has. */
export function tableForms({ year }: Pick<RoundForms, 'year'>): Questionnaire[] {
  return [...new Set(COUNTED_LANES.flatMap((lane) => year.lanes[lane] ?? []))]
}
