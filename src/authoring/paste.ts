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

/** What said something about the question that stood there before, and would say it about another one now. */
const OF_THE_QUESTION: readonly string[] = [
  'textEn',
  'plainTh',
  'plainEn',
  'exampleTh',
  'exampleEn',
  'noteTh',
  'noteEn',
]

/**
 * Puts a table that was copied from a document into a year: in each row the item's id, its question, and where there is one
 * its English. A row without an id goes on with the question above it, as a line that was broken in the document. What explained
 * the question before is emptied. `id` and `fiscalYear`: of the new year.
 */
export function pasteQuestions(
  base: YearDocument,
  { id, fiscalYear, text }: { readonly id: string; readonly fiscalYear: string; readonly text: string },
  words: AuthoringWords,
): Pasted {
  const sheets = yearToSheets({ ...base, rules: { ...base.rules, id } }, words)
  const items = sheets.find(({ name }) => name === words.sheet.items)
  const { rows, twice } = questionsIn(text)
  const known = new Set(items?.rows.slice(1).map(([item = '']) => item))
  const strange = [...rows.keys()].filter((item) => !known.has(item))
  const left = [...known].filter((item) => !rows.has(item) && !item.startsWith('O'))
  const filled = sheets.map((sheet) => {
    if (sheet === items) return { ...sheet, rows: sheet.rows.map((row) => replaced(row, rows)) }
    return sheet.name === words.sheet.set ? { ...sheet, rows: ofYear(sheet.rows, fiscalYear) } : sheet
  })
  const faults = [
    ...strange.map((item) => faultIn('items', 'stop', 'item-unknown', item)),
    ...twice.map((item) => faultIn('items', 'stop', 'id-twice', item)),
    ...(rows.size === 0 ? [faultIn('items', 'stop', 'nothing-pasted', '')] : []),
    ...(rows.size > 0 && left.length > 0 ? [faultIn('items', 'confirm', 'not-pasted', String(left.length))] : []),
  ]
  return { sheets: filled, faults, placed: rows.size - strange.length }
}

function replaced(row: readonly string[], rows: ReadonlyMap<string, Question>): readonly string[] {
  const found = rows.get(row[0] ?? '')
  if (!found) return row
  const own = { textTh: found.text, textEn: found.english }
  return SHEETS.items.map((column, at) => {
    if (column in own) return own[column as keyof typeof own]
    return OF_THE_QUESTION.includes(column) ? '' : (row[at] ?? '')
  })
}

function ofYear(rows: readonly (readonly string[])[], fiscalYear: string): readonly (readonly string[])[] {
  const place = (SHEETS.set as readonly string[]).indexOf('fiscalYear')
  return rows.map((row, at) => (at === 0 ? row : row.map((cell, column) => (column === place ? fiscalYear : cell))))
}

interface Question {
  text: string
  readonly english: string
}

/** Ids with their questions, in the order they stand, and ids that stand there twice. */
function questionsIn(text: string): {
  readonly rows: ReadonlyMap<string, Question>
  readonly twice: readonly string[]
} {
  const found = new Map<string, Question>()
  const twice: string[] = []
  let last: Question | undefined
  for (const line of text.split(/\r?\n/)) {
    const [first = '', ...rest] = line.split('\t').map(tidy)
    const id = idIn(first)
    if (id !== null) {
      if (found.has(id)) twice.push(id)
      // an id alone: its question is on the lines below
      last = { text: rest[0] ?? '', english: rest[1] ?? '' }
      found.set(id, last)
    } else if (last && line.trim() !== '') last.text = tidy(`${last.text} ${[first, ...rest].join(' ')}`)
  }
  return { rows: found, twice }
}

/** An item's id as tables of manuals write it: `I1`, `i1`, `ข้อ I1.`, `I๑`. */
function idIn(cell: string): string | null {
  const western = cell.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  const [, letter = '', number = ''] = /^(?:ข้อ)?\s*([IEO])\s*(\d{1,3})\.?$/i.exec(western) ?? []
  return letter === '' ? null : `${letter.toUpperCase()}${Number(number)}`
}
