import { FIRST_LANGUAGE, type Language } from '#protocol/language'
import { type Questionnaire, type QuestionnaireFile, readQuestionnaire } from '#survey/questionnaire'
import { readYear, type Year, type YearFile } from '#survey/year'
import eit2566 from './2566/eit.json' with { type: 'json' }
import iit2566 from './2566/iit.json' with { type: 'json' }
import oit2566 from './2566/oit.json' with { type: 'json' }
import rules2566 from './2566/year.json' with { type: 'json' }
import eit2567 from './2567/eit.outline.json' with { type: 'json' }
import iit2567 from './2567/iit.outline.json' with { type: 'json' }
import oit2567 from './2567/oit.outline.json' with { type: 'json' }
import rules2567 from './2567/year.json' with { type: 'json' }
import type { FormDocument, FormWords } from './form-document.ts'
import { FORM_WORDS } from './words.ts'

/** Where the wording of a year comes from. */
export interface InstrumentsSource {
  readonly document: string
  readonly address: string
  readonly page: string
  /** ISO date. */
  readonly accessed: string
}

/** All of one year's instruments as one document: what a manifest's hash of a year is taken of. */
export interface YearDocument {
  readonly rules: YearFile
  readonly forms: readonly FormDocument[]
  /** Of a year that an agency filled in itself. */
  readonly source?: InstrumentsSource
}

interface Known {
  readonly document: YearDocument
  readonly year: Year
}

/** The list of years that come with this program. */
const BUNDLED: readonly Known[] = [
  known({ rules: rules2566, forms: [iit2566, eit2566, oit2566].map(withWords) }),
  known({ rules: rules2567, forms: [iit2567, eit2567, oit2567].map(withWords) }),
]

/** Years that an agency filled in, and earlier wordings that a round still asks: by the hash that manifests name. */
const added = new Map<string, Known>()

/** All years there are: those of this program, the earliest first, and those that were added. */
export function allYears(): Year[] {
  return all().map(({ year }) => year)
}

/** Those that come with this program. */
export function bundledYears(): Year[] {
  return BUNDLED.map(({ year }) => year)
}

/** A year by its id, with this very hash where it is one of several; null when there is none. */
export function yearOf(id: string, hash = ''): Year | null {
  return find(id, hash)?.year ?? null
}

/** The document of a year. Throws on an id that is not there. */
export function documentOf(id: string, hash = ''): YearDocument {
  const found = find(id, hash)
  if (!found) throw new Error(`no instruments of ${id}`)
  return found.document
}

/** Adds a year that does not come with this program. `hash` is that of its document, and was compared. Throws where it is no year. */
export function addYear(document: YearDocument, hash: string): Year {
  const one = known(document)
  added.set(hash, one)
  return one.year
}

/** The words of a year's questionnaires in a language, by the questionnaire's id; those of the first where a language has none. */
export function wordsIn(
  { id, hash }: { readonly id: string; readonly hash: string },
  language: Language,
): Record<string, FormWords> {
  return Object.fromEntries(
    (find(id, hash)?.document.forms ?? []).flatMap(({ form, words }) => {
      const own = words[language] ?? words[FIRST_LANGUAGE]
      return own ? [[form.id, own] as const] : []
    }),
  )
}

/** The newest year that comes with this program and with which a round can begin. */
export function newestYear(): Year {
  const whole = BUNDLED.filter(({ year }) => year.status === 'published')
  const newest = whole[whole.length - 1]
  if (!newest) throw new Error('no year is published')
  return newest.year
}

/** The year that a document describes. Throws where it is none. */
export function documentYear({ rules, forms }: YearDocument): Year {
  return readYear(
    rules,
    forms.map(({ form }) => form),
  )
}

/** The questionnaires of a document, read, in the document's own order. Throws where it is none. */
export function questionnairesOf(document: YearDocument): Questionnaire[] {
  return document.forms.map(({ form }) => readQuestionnaire(form))
}

function known(document: YearDocument): Known {
  return { document, year: documentYear(document) }
}

function all(): Known[] {
  const ids = new Set(BUNDLED.map(({ year }) => year.id))
  return [...BUNDLED, ...[...added.values()].filter(({ year }) => !ids.has(year.id))]
}

function find(id: string, hash: string): Known | undefined {
  return added.get(hash) ?? all().find(({ year }) => year.id === id)
}

function withWords(form: QuestionnaireFile): FormDocument {
  const languages = Object.entries<Readonly<Record<string, FormWords>>>(FORM_WORDS)
  return {
    form,
    words: Object.fromEntries(
      languages.flatMap(([language, words]) => {
        const own = words[form.id]
        return own ? [[language, own] as const] : []
      }),
    ),
  }
}
