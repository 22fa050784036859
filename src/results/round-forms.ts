import { filesOf, yearOf } from '#instruments/years'
import { canonicalHash } from '#protocol/json'
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
  const year = yearOf(instruments.id)
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

/** Whether what this program would score by is, to the byte, what the manifest names. */
export async function areTheSame(manifest: Pick<Manifest, 'instruments' | 'lanes'>): Promise<boolean> {
  if (!formsOfRound(manifest)) return false
  const { instruments, forms } = await hashesOf(manifest.instruments.id)
  const said = LANES.flatMap((lane) => manifest.lanes[lane]?.form ?? [])
  return instruments.hash === manifest.instruments.hash && said.every(({ id, hash }) => forms[id]?.hash === hash)
}

/** What a manifest says of a year: its own hash, over rules and all questionnaires, and the hash of each. */
export async function hashesOf(
  id: string,
): Promise<{ readonly instruments: ManifestYear; readonly forms: Readonly<Record<string, ManifestForm>> }> {
  const files = filesOf(id)
  const hashed = files.forms.map(async (form) => [form.id, { id: form.id, hash: await canonicalHash(form) }] as const)
  return {
    instruments: { id, hash: await canonicalHash(files) },
    forms: Object.fromEntries(await Promise.all(hashed)),
  }
}

/** The questionnaires whose items are columns of a table, each once: those of the whole year, whatever lanes a round has. */
export function tableForms({ year }: Pick<RoundForms, 'year'>): Questionnaire[] {
  return [...new Set(COUNTED_LANES.flatMap((lane) => year.lanes[lane] ?? []))]
}
