/** A cell of a table: lines of text, and how far it reaches. */
export interface Cell {
  readonly text: string | readonly string[]
  /** How many columns it takes. */
  readonly columns?: number
  /** How many rows it takes; the rows below leave it out. */
  readonly rows?: number
  readonly bold?: boolean
  readonly align?: 'start' | 'center' | 'end'
}

export interface Table {
  readonly kind: 'table'
  /** What it is, for whoever cannot see it. */
  readonly label: string
  /** Shares of the width, together 100. */
  readonly widths: readonly number[]
  /** Repeated on every page. */
  readonly head: readonly (readonly Cell[])[]
  readonly body: readonly (readonly Cell[])[]
}

/** One part of a document, from top to bottom. */
export type Block =
  | { readonly kind: 'title'; readonly lines: readonly string[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly small?: boolean }
  /** `plain` where each item begins with a number of its own. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly plain?: boolean }
  | { readonly kind: 'signature'; readonly lines: readonly string[] }
  | Table

/** Pages of one orientation. */
export interface Section {
  readonly landscape: boolean
  readonly blocks: readonly Block[]
}

/** A document as what it says: files and pages are made of it, and every test reads it. Digits are Arabic in here. */
export interface DocumentModel {
  readonly title: string
  /** Whose it is: the agency, never a person. */
  readonly owner: string
  readonly digits: 'thai' | 'arabic'
  /** Set smaller, to stay on one page. */
  readonly compact?: boolean
  /** At the foot of every page: `{{page}}` and `{{pages}}`. */
  readonly foot: string
  readonly sections: readonly Section[]
}

/**
 * A text in the digits of a document. Numbers of items (I1, O42), addresses and other words in Latin letters keep theirs in
 * either: that is how official texts are written.
 */
export function inDigits(text: string, digits: DocumentModel['digits']): string {
  if (digits === 'arabic')
    return text.replace(/https?:\/\/\S+|[๐-๙]/g, (found) =>
      found.length === 1 ? String(found.charCodeAt(0) - ZERO) : found,
    )
  return text.replace(/https?:\/\/\S+|[A-Za-z][A-Za-z0-9._-]*|[0-9]/g, (found) =>
    /^[0-9]$/.test(found) ? String.fromCharCode(ZERO + Number(found)) : found,
  )
}

const ZERO = '๐'.charCodeAt(0)

/** A frame of the locales with its facts put in. */
export function filled(frame: string, facts: Readonly<Record<string, string | number>>): string {
  return frame.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? ''))
}
