import { parse } from 'csv-parse/browser/esm/sync'
import type { PublishedFigures } from '#instruments/published'
import { csvLines } from './exports/csv.ts'
import { COUNTED_LANES, type RoundForms } from './round-forms.ts'

/** What is wrong with a table of published figures, by its row as a spreadsheet counts. */
export type FigureFault =
  | { readonly fault: 'no-columns' | 'empty' }
  | { readonly fault: 'unknown' | 'twice' | 'score'; readonly row: number; readonly name: string }

/** Where the figures are from, which the table does not say. */
export interface FigureSource {
  readonly fiscalYear: number
  readonly source: string
}

/** An empty table of everything that could have been published of a year: whole scores, indicators, items of each part, OIT. */
export function figuresTemplate(forms: RoundForms): string {
  const rows = [...namesOf(forms).keys()].map((name) => [name, null] as const)
  return `\uFEFF${csvLines([['name', 'score'], ...rows])}`
}

/**
 * Published figures from a table with the columns `name` and `score`, as the template has them; rows without a score were
 * not published. Every fault there is, or the figures.
 */
export function readFigures(
  text: string,
  { fiscalYear, source }: FigureSource,
  forms: RoundForms,
): PublishedFigures | readonly FigureFault[] {
  const rows = rowsOf(text)
  if (!rows) return [{ fault: 'no-columns' }]
  const [known, faults, found] = [namesOf(forms), [] as FigureFault[], new Map<string, number>()]
  for (const { row, name, score } of rows) {
    const [value, place] = [scoreIn(score), known.get(name)]
    // an item of OIT is disclosed or it is not
    const isWrong = Number.isNaN(value) || (place?.[0] === 'oit' && value !== null && value !== 0 && value !== 100)
    if (!place) faults.push({ fault: 'unknown', row, name })
    else if (found.has(name)) faults.push({ fault: 'twice', row, name })
    else if (isWrong) faults.push({ fault: 'score', row, name })
    else if (value !== null) found.set(name, value)
  }
  if (faults.length > 0) return faults
  return found.size === 0 ? [{ fault: 'empty' }] : figuresOf(found, { fiscalYear, source }, forms)
}

type Place = readonly [of: 'scores' | 'indicators' | 'oit'] | readonly [of: 'items', lane: string, id: string]

/** Everything that has a published score, by its name in the table. */
function namesOf({ year, oit }: RoundForms): ReadonlyMap<string, Place> {
  const names = new Map<string, Place>()
  for (const whole of ['total', 'eit', ...COUNTED_LANES, 'oit']) names.set(whole, ['scores'])
  const parts = COUNTED_LANES.flatMap((lane) => (year.lanes[lane] ? [{ lane, form: year.lanes[lane] }] : []))
  for (const { indicators } of new Set([...parts.map(({ form }) => form), oit]))
    for (const { id } of indicators) names.set(`indicator ${id}`, ['indicators'])
  for (const { lane, form } of parts) for (const { id } of form.items) names.set(`${lane} ${id}`, ['items', lane, id])
  for (const { id } of oit.items) names.set(id, ['oit'])
  return names
}

function figuresOf(
  found: ReadonlyMap<string, number>,
  { fiscalYear, source }: FigureSource,
  forms: RoundForms,
): PublishedFigures {
  const names = namesOf(forms)
  const scores: Record<string, number> = {}
  const indicators: Record<string, number> = {}
  const items: Record<string, Record<string, number>> = {}
  const { items: oitItems } = forms.oit
  for (const [name, score] of found) {
    const [of, lane = '', id = ''] = names.get(name) ?? []
    if (of === 'scores') scores[name] = score
    else if (of === 'indicators') indicators[name.slice('indicator '.length)] = score
    else if (of === 'items') items[lane] = { ...items[lane], [id]: score }
  }
  const isOitKnown = oitItems.every(({ id }) => found.has(id))
  const oitZeroItems = isOitKnown ? oitItems.flatMap(({ id }) => (found.get(id) === 0 ? [id] : [])) : null
  // published figures of a year were measured with the instruments of that year: items compare with no other year's
  const whose = { id: 'imported', instruments: String(fiscalYear), fiscalYear, source: { th: source, en: source } }
  return { ...whose, respondents: {}, scores, indicators, items, oitZeroItems }
}

/** A score of 0–100; null where the cell is empty, NaN for anything else. Thai digits and a comma for the point are read, too. */
function scoreIn(cell: string): number | null {
  const plain = cell
    .trim()
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(',', '.')
  if (plain === '') return null
  const value = /^\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
  return value <= 100 ? value : Number.NaN
}

interface FileRow {
  /** As a spreadsheet counts. */
  readonly row: number
  readonly name: string
  readonly score: string
}

/** The rows of a table separated by commas, semicolons or tabs, as spreadsheets save it; null without the two columns. */
function rowsOf(text: string): FileRow[] | null {
  try {
    const options = {
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
      info: true,
    }
    const lines = parse(text.replace(/^\uFEFF/, ''), options) as unknown as {
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }[]
    const [head, ...rest] = lines
    const [name, score] = [head?.record.indexOf('name') ?? -1, head?.record.indexOf('score') ?? -1]
    if (name < 0 || score < 0) return null
    return rest.map(({ record, info }) => ({
      row: info.lines,
      name: record[name] ?? '',
      score: [record[score] ?? '', ...decimalsCutOff(record, score)].join('.'),
    }))
  } catch {
    return null
  }
}

/** Of `82,06` without quotes: the decimals stand in a cell of their own. */
function decimalsCutOff(record: readonly string[], score: number): string[] {
  const next = record[score + 1] ?? ''
  return record.length === score + 2 && /^[\d๐-๙]{1,2}$/.test(next) ? [next] : []
}
