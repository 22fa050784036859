import type { FormDocument, FormWords } from '#instruments/form-document'
import type { YearDocument } from '#instruments/years'
import { numberIn, type Row, type Tables } from './tables.ts'

/** The instruments of ITA, in the order of their scores. */
const INSTRUMENTS = ['iit', 'eit', 'oit'] as const

type Instrument = (typeof INSTRUMENTS)[number]

/** Lanes that answer the external questionnaire: those of the sheet, and the poster's, which is in no score. */
const POSTER_LANE = 'eit-open'

/** The document that tables describe. What they leave out or have wrong is a fault elsewhere; here it is simply not there. */
export function buildYear(tables: Tables): YearDocument {
  const year = tables.set[0]?.cells.year ?? ''
  const first = tables.set[0]?.cells ?? {}
  const fiscalYear = numberIn(first.fiscalYear ?? '') ?? 0
  const { document = '', address = '', page = '', accessed = '' } = first
  const lanes = tables.lanes.map(({ cells }) => cells)
  const eitLanes = lanes.filter((cells) => cells.lane !== 'iit')
  return {
    rules: {
      id: year,
      fiscalYear,
      status: 'published',
      lanes: {
        ...Object.fromEntries(lanes.map((cells) => [cells.lane, `${cells.lane === 'iit' ? 'iit' : 'eit'}-${year}`])),
        ...(eitLanes.length > 0 ? { [POSTER_LANE]: `eit-${year}` } : {}),
      },
      oit: `oit-${year}`,
      weights: Object.fromEntries(
        tables.set.map(({ cells }) => [cells.instrument ?? '', numberIn(cells.weight ?? '') ?? 0]),
      ),
      eitParts: Object.fromEntries(
        eitLanes.flatMap((cells) =>
          numberIn(cells.eitPart ?? '') ? [[cells.lane, numberIn(cells.eitPart ?? '') ?? 0]] : [],
        ),
      ),
      levels: tables.levels.map(({ cells }) => {
        const eachFrom = numberIn(cells.eachFrom ?? '')
        return {
          level: cells.level ?? '',
          from: numberIn(cells.from ?? '') ?? Number.NaN,
          ...(eachFrom === null ? {} : { eachFrom }),
          confirmed: cells.confirmed === 'yes',
        }
      }),
      sample: Object.fromEntries(lanes.map((cells) => [cells.lane, sampleOf(cells)])),
    },
    forms: INSTRUMENTS.map((instrument) => formOf(tables, instrument, { year, fiscalYear })),
    source: { document, address, page, accessed },
  }
}

function sampleOf(cells: Readonly<Record<string, string>>): unknown {
  const number = (column: string) => numberIn(cells[column] ?? '') ?? Number.NaN
  switch (cells.rule) {
    case 'everyone':
      return { rule: 'everyone' }
    case 'number':
      return { rule: 'number', number: number('number') }
    default:
      return { rule: 'percent', percent: number('percent'), atLeast: number('atLeast'), atMost: number('atMost') }
  }
}

/** Whose an item is: its indicator's instrument. */
function itemsOf(tables: Tables, instrument: Instrument): readonly Row[] {
  const own = new Set(
    tables.indicators.flatMap(({ cells }) => (cells.instrument === instrument ? [cells.indicator] : [])),
  )
  return tables.items.filter(({ cells }) => own.has(cells.indicator))
}

function formOf(
  tables: Tables,
  instrument: Instrument,
  { year, fiscalYear }: { readonly year: string; readonly fiscalYear: number },
): FormDocument {
  const items = itemsOf(tables, instrument)
  const ids = new Set(items.map(({ cells }) => cells.item ?? ''))
  const scales = [...new Set(items.map(({ cells }) => cells.scale ?? ''))]
  const own = tables.set.find(({ cells }) => cells.instrument === instrument)?.cells ?? {}
  const notes = notesOf(items)
  const topics = tables.topics.flatMap(({ cells }) => {
    const named = (cells.items ?? '').split(/[\s,]+/).filter((id) => ids.has(id))
    return named.length > 0 ? [[cells.topic ?? '', named] as const] : []
  })
  const minutes = numberIn(own.minutes ?? '')
  const form = {
    id: `${instrument}-${year}`,
    instrument,
    fiscalYear,
    ...(own.opening ? { opening: own.opening } : {}),
    ...(minutes === null ? {} : { minutes }),
    ...(notes.length > 0 ? { notes: Object.fromEntries(notes.map(({ name, at }) => [name, at])) } : {}),
    ...(topics.length > 0 ? { topics: Object.fromEntries(topics) } : {}),
    scales: Object.fromEntries(
      scales.map((scale) => [
        scale,
        optionsOf(tables, scale).map(({ cells }) => [codeOf(cells), numberIn(cells.score ?? '') ?? Number.NaN]),
      ]),
    ),
    indicators: indicatorsOf(items),
  }
  const inLanguage = (language: 'Th' | 'En') => wordsOf(tables, { instrument, items, scales, notes, language })
  const english = own.titleEn !== '' ? { en: inLanguage('En') } : {}
  return { form, words: { th: inLanguage('Th'), ...english } }
}

/** The code that is stored: its own, or its place. */
function codeOf(cells: Readonly<Record<string, string>>): number {
  return numberIn(cells.code ?? '') ?? numberIn(cells.place ?? '') ?? Number.NaN
}

/** The options of a set, in the order of their places. */
export function optionsOf({ options }: Tables, scale: string): Row[] {
  const own = options.filter(({ cells }) => cells.scale === scale)
  return own.sort((one, other) => (numberIn(one.cells.place ?? '') ?? 0) - (numberIn(other.cells.place ?? '') ?? 0))
}

function indicatorsOf(items: readonly Row[]) {
  const indicators = [...new Set(items.map(({ cells }) => cells.indicator ?? ''))]
  return indicators.map((id) => {
    const own = items.filter(({ cells }) => cells.indicator === id)
    const groups = [...new Set(own.map(({ cells }) => cells.group || id))]
    return {
      id,
      groups: groups.map((group) => ({
        id: group,
        items: own
          .filter(({ cells }) => (cells.group || id) === group)
          .map(({ cells }) => [cells.item ?? '', cells.scale ?? '']),
      })),
    }
  })
}

interface Note {
  readonly name: string
  readonly at: readonly string[]
  readonly textTh: string
  readonly textEn: string
}

/** Notes at items: the same text is the same note. */
function notesOf(items: readonly Row[]): Note[] {
  const texts = [...new Set(items.flatMap(({ cells }) => (cells.noteTh ? [cells.noteTh] : [])))]
  return texts.map((textTh, index) => {
    const own = items.filter(({ cells }) => cells.noteTh === textTh)
    return {
      name: `note${index + 1}`,
      at: own.map(({ cells }) => cells.item ?? ''),
      textTh,
      textEn: own[0]?.cells.noteEn || textTh,
    }
  })
}

interface Worded {
  readonly instrument: Instrument
  readonly items: readonly Row[]
  readonly scales: readonly string[]
  readonly notes: readonly Note[]
  readonly language: 'Th' | 'En'
}

/** Words in a language; where one is missing in English, the Thai one stands, because it was asked in Thai. */
function wordsOf(tables: Tables, { instrument, items, scales, notes, language }: Worded): FormWords {
  const said = (cells: Readonly<Record<string, string>>, column: string) =>
    cells[`${column}${language}`] || cells[`${column}Th`] || ''
  const own = tables.indicators.filter(({ cells }) => cells.instrument === instrument)
  const named = (rows: readonly Row[], id: 'indicator' | 'group') =>
    Object.fromEntries(rows.map(({ cells }) => [cells[id] ?? '', said(cells, 'name')]))
  const groups = own.filter(({ cells }) => cells.group !== '')
  const set = tables.set.find(({ cells }) => cells.instrument === instrument)
  return {
    title: said(set?.cells ?? {}, 'title'),
    indicator: named(
      own.filter(({ cells }) => cells.group === ''),
      'indicator',
    ),
    ...(groups.length > 0 ? { group: named(groups, 'group') } : {}),
    scale: Object.fromEntries(
      scales.map((scale) => [scale, optionsOf(tables, scale).map(({ cells }) => said(cells, 'label'))]),
    ),
    ...(notes.length > 0
      ? { note: Object.fromEntries(notes.map((note) => [note.name, language === 'En' ? note.textEn : note.textTh])) }
      : {}),
    item: Object.fromEntries(
      items.map(({ cells }) => [
        cells.item ?? '',
        { text: said(cells, 'text'), plain: said(cells, 'plain'), example: said(cells, 'example') },
      ]),
    ),
  }
}
