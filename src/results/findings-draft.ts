import type { FindingsMap } from '#instruments/findings-map'
import type { Finding, FoundItem } from './findings.ts'

/** Frames of the draft, in the official Thai that such analyses are written in: `locales/th/findings.json`. */
export interface DraftWords {
  readonly has: string
  readonly found: string
  readonly staff: string
  readonly visitors: string
  readonly aboutStaff: string
  readonly aboutVisitors: string
  readonly and: string
  readonly lowest: string
  readonly tied: string
  readonly unwritten: string
  readonly undisclosed: string
}

/** What a draft is made of beside the finding. */
export interface DraftFacts {
  /** As people call it. */
  readonly agency: string
  readonly map: FindingsMap | null
  /** The wording of an item of IIT or EIT, and the name of one of OIT. */
  readonly textOf: (item: string) => string
}

/**
 * A paragraph for one issue, to be edited by a person: what is there, what respondents said, which items and which of OIT.
 * It names no cause. Empty where nothing is below the target.
 */
export function draftOf({ named, oit }: Finding, { agency, map, textOf }: DraftFacts, words: DraftWords): string {
  if (named.length === 0) return ''
  const documents = oit.filter(({ score }) => score === 100).map(({ id }) => textOf(id))
  const phraseOf = ({ id }: FoundItem) => map?.weak[id] ?? filled(words.unwritten, { text: textOf(id) })
  const groups = (['iit', 'eit'] as const)
    .map((of) => inOrder(named.filter(({ instrument }) => instrument === of)))
    .filter((items) => items.length > 0)
  const said = groups.flatMap((items) => saidBy(items, items.map(phraseOf), words))
  const ids = groups.map((items) => items.map(({ id }) => id).join(', ')).join(`${words.and} `)
  const numbers = oit.map(({ id }) => id)
  const tied = oit.length > 0 ? filled(words.tied, { oit: listed(numbers, words, ' ') }) : ''
  const parts = [
    documents.length > 0 ? filled(words.has, { agency, documents: listed(documents, words) }) : '',
    words.found,
    said.join(words.and),
    filled(words.lowest, { items: ids, tied }),
  ]
  return spaced(parts.join(''))
}

/** What one instrument's respondents said: opinions after who has them; a phrase that says who is a sentence of its own. */
function saidBy(items: readonly FoundItem[], phrases: readonly string[], words: DraftWords): string[] {
  const [frame, who] =
    items[0]?.instrument === 'iit' ? [words.staff, words.aboutStaff] : [words.visitors, words.aboutVisitors]
  const opinions = phrases.filter((phrase) => !phrase.startsWith(who))
  const others = phrases.filter((phrase) => phrase.startsWith(who))
  return opinions.length > 0 ? [filled(frame, { phrases: listed(opinions, words) }), ...others] : others
}

/** The paragraph about what was not disclosed; empty where everything was. */
export function undisclosedDraft(ids: readonly string[], { agency, textOf }: DraftFacts, words: DraftWords): string {
  const items = ids.map((id) => `${id} ${textOf(id)}`)
  return ids.length === 0 ? '' : spaced(filled(words.undisclosed, { agency, items: listed(items, words, ' ') }))
}

/** As a Thai text lists things: commas, and "and" before the last. */
function listed(texts: readonly string[], { and }: DraftWords, after = ''): string {
  const last = texts[texts.length - 1] ?? ''
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')}${and}${after}${last}`
}

/** I2 before I10. */
function inOrder(items: readonly FoundItem[]): FoundItem[] {
  return [...items].sort((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)))
}

/** A space between a Thai word and one in Latin letters, as official texts have it. */
function spaced(text: string): string {
  return text.replace(/([\u0e00-\u0e7f])([A-Za-z])/g, '$1 $2').replace(/([A-Za-z])([\u0e00-\u0e7f])/g, '$1 $2')
}

function filled(frame: string, facts: Readonly<Record<string, string>>): string {
  return frame.replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? '')
}
