import type { YearDocument } from '#instruments/years'
import type { RawSheet } from './read-sheets.ts'
import { type AuthoringWords, type Fault, faultIn, SHEETS, tidy } from './tables.ts'
import { yearToSheets } from './to-sheets.ts'

/** Questions that were pasted, on the sheets of a year to begin from. */
export interface Pasted {
  readonly sheets: readonly RawSheet[]
  readonly faults: readonly Fault[]
  /** How many questions found their place. */
  readonly placed: number
}

const COLUMNS = { text: 'textTh', english: 'textEn' } as const

/**
 * Puts a table that was copied from a document into a year: in each row the item's id, its question, and where there is one
 * its English. A row without an id goes on with the question above it, as a line that was broken in the document. `id`: of
 * the new year.
 */
export function pasteQuestions(
  base: YearDocument,
  { id, text }: { readonly id: string; readonly text: string },
  words: AuthoringWords,
): Pasted {
  const sheets = yearToSheets({ ...base, rules: { ...base.rules, id } }, words)
  const items = sheets.find(({ name }) => name === words.sheet.items)
  const rows = questionsIn(text)
  const known = new Set(items?.rows.slice(1).map(([item]) => item))
  const strange = [...rows.keys()].filter((item) => !known.has(item))
  const place = (column: string) => (SHEETS.items as readonly string[]).indexOf(column)
  const filled = sheets.map((sheet) => {
    if (sheet !== items) return sheet
    const filledRows = sheet.rows.map(([item = '', ...rest]) => {
      const found = rows.get(item)
      if (!found) return [item, ...rest]
      return [item, ...rest].map((cell, at) => {
        if (at === place(COLUMNS.text)) return found.text
        return at === place(COLUMNS.english) && found.english !== '' ? found.english : cell
      })
    })
    return { ...sheet, rows: filledRows }
  })
  const faults = strange.map((item) => faultIn('items', 'stop', 'item-unknown', item))
  const none = rows.size === 0 ? [faultIn('items', 'stop', 'nothing-pasted', '')] : []
  return { sheets: filled, faults: [...faults, ...none], placed: rows.size - strange.length }
}

/** Ids with their questions, in the order they stand. */
function questionsIn(text: string): Map<string, { text: string; english: string }> {
  const found = new Map<string, { text: string; english: string }>()
  let last: { text: string; english: string } | undefined
  for (const line of text.split(/\r?\n/)) {
    const [first = '', ...rest] = line.split('\t').map(tidy)
    const id = idIn(first)
    if (id !== null && rest.length > 0) {
      last = { text: rest[0] ?? '', english: rest[1] ?? '' }
      found.set(id, last)
    } else if (last && line.trim() !== '') last.text = tidy(`${last.text} ${[first, ...rest].join(' ')}`)
  }
  return found
}

/** An item's id as tables of manuals write it: `I1`, `i1`, `ข้อ I1.`, `I๑`. */
function idIn(cell: string): string | null {
  const western = cell.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  const [, letter = '', number = ''] = /^(?:ข้อ)?\s*([IEO])\s*(\d{1,3})\.?$/i.exec(western) ?? []
  return letter === '' ? null : `${letter.toUpperCase()}${Number(number)}`
}
