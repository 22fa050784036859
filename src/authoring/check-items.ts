import { optionsOf } from './build.ts'
import { type Fault, faultAt, faultIn, faultsOf, isName, numberAt, type Row, type Tables } from './tables.ts'

const FEWEST_OPTIONS = 2
const MOST_OPTIONS = 7
/** Longer stems and options do not fit a small phone with large text. */
const LONGEST_TEXT = 300
const LONGEST_OPTION = 80
const BEST = 100
/** Codes are stored in a byte whose highest value says that there is none. */
const HIGHEST_CODE = 254

/** A letter that ids of an instrument's items begin with. */
const LETTERS: Readonly<Record<string, string>> = { iit: 'I', eit: 'E', oit: 'O' }

/** What concerns indicators, items and their options. */
export function checkQuestions(tables: Tables): Fault[] {
  const scales = [...new Set(tables.options.map(({ cells }) => cells.scale ?? ''))]
  return [
    ...checkIndicators(tables),
    ...checkItems(tables),
    ...scales.flatMap((scale) => checkScale(optionsOf(tables, scale), tables, scale)),
    ...checkSpaces(tables),
  ]
}

/** The same option of two sets, with a space inside a word in one of them: what a scan or a copy from a picture leaves behind. */
function checkSpaces({ options }: Tables): Fault[] {
  const seen = new Map<string, string>()
  return options.flatMap((row) => {
    const { labelTh = '' } = row.cells
    const bare = labelTh.replaceAll(' ', '')
    const before = seen.get(bare)
    if (before === undefined) seen.set(bare, labelTh)
    return before !== undefined && before !== labelTh ? [faultAt(row, 'labelTh', 'confirm', 'spaces-differ')] : []
  })
}

function checkIndicators({ indicators, items }: Tables): Fault[] {
  const isSame = (one: Row, other: Row) =>
    one.cells.indicator === other.cells.indicator && one.cells.group === other.cells.group
  const has = ({ cells: { indicator, group } }: Row) =>
    items.some(({ cells }) => cells.indicator === indicator && (group === '' || cells.group === group))
  const faults = indicators.flatMap((row) =>
    faultsOf(row, [
      [indicators.find((other) => isSame(other, row)) !== row, 'indicator', 'stop', 'id-twice'],
      [!isName(row.cells.indicator ?? ''), 'indicator', 'stop', 'name'],
      [row.cells.group !== '' && !isName(row.cells.group ?? ''), 'group', 'stop', 'name'],
      [row.cells.group !== '' && row.cells.group === row.cells.indicator, 'group', 'stop', 'id-twice'],
      [row.cells.nameTh === '', 'nameTh', 'stop', 'text-missing'],
      [row.cells.instrument === '', 'instrument', 'stop', 'text-missing'],
      [!has(row), 'indicator', 'stop', 'indicator-empty'],
    ]),
  )
  const uneven = ['iit', 'eit'].flatMap((instrument) => {
    const own = indicators.filter(({ cells }) => cells.instrument === instrument && cells.group === '')
    const sizes = own.map(({ cells }) => items.filter((item) => item.cells.indicator === cells.indicator).length)
    return new Set(sizes).size > 1 ? [faultIn('indicators', 'confirm', 'sizes-differ', sizes.join(' · '))] : []
  })
  return [...faults, ...uneven]
}

function checkItems(tables: Tables): Fault[] {
  const next: Record<string, number> = {}
  const faults = tables.items.flatMap((row) => {
    const of = tables.indicators.find(({ cells }) => cells.indicator === row.cells.indicator && cells.group === '')
    const letter = LETTERS[of?.cells.instrument ?? ''] ?? ''
    next[letter] = (next[letter] ?? 0) + 1
    return [...checkId(row, tables, of ? `${letter}${next[letter]}` : null), ...checkItem(row, tables)]
  })
  const untranslated = tables.items.filter(({ cells }) => cells.textEn === '').length
  return untranslated > 0 ? [...faults, faultIn('items', 'confirm', 'english-missing', String(untranslated))] : faults
}

/** Ids are the instrument's letter and a number in order: files, reports and other years name items by them. */
function checkId(row: Row, { items }: Tables, wanted: string | null): Fault[] {
  const { item = '' } = row.cells
  if (items.find(({ cells }) => cells.item === item) !== row) return [faultAt(row, 'item', 'stop', 'id-twice')]
  if (wanted === null) return [faultAt(row, 'indicator', 'stop', 'indicator-unknown')]
  // as a scan reads it: 124 for I24, l5 for I5, 01 for O1
  const looksRead = item !== wanted && item.slice(1) === wanted.slice(1)
  return item === wanted
    ? []
    : [faultAt(row, 'item', 'stop', looksRead ? 'id-misread' : 'id-sequence', `${item} (${wanted})`)]
}

function checkItem(row: Row, tables: Tables): Fault[] {
  const { indicator, group, textTh = '', noteTh, noteEn, scale = '' } = row.cells
  const hasGroup = tables.indicators.some(({ cells }) => cells.indicator === indicator && cells.group === group)
  return faultsOf(row, [
    [group !== '' && !hasGroup, 'group', 'stop', 'indicator-unknown'],
    [textTh === '', 'textTh', 'stop', 'text-missing'],
    [textTh.length > LONGEST_TEXT, 'textTh', 'confirm', 'text-long'],
    [/ของ(กรม|กอง|เทศบาล|องค์การบริหาร)/.test(textTh), 'textTh', 'confirm', 'names-agency'],
    [optionsOf(tables, scale).length === 0, 'scale', 'stop', 'scale-unknown'],
    [noteEn !== '' && noteTh === '', 'noteTh', 'stop', 'text-missing'],
  ])
}

function checkScale(rows: readonly Row[], { items }: Tables, scale: string): Fault[] {
  const [first] = rows as [Row, ...Row[]]
  const isCount = rows.length >= FEWEST_OPTIONS && rows.length <= MOST_OPTIONS
  return [
    ...faultsOf(first, [
      [!isName(scale), 'scale', 'stop', 'name'],
      [!isCount, 'scale', 'stop', 'options-count', `${scale}: ${rows.length}`],
      [!items.some(({ cells }) => cells.scale === scale), 'scale', 'confirm', 'scale-unused'],
    ]),
    ...rows.flatMap((row, at) => checkOption(row, at, rows.slice(0, at))),
    ...checkScores(
      first,
      rows.map((row) => numberAt(row, 'score')),
    ),
  ]
}

function checkOption(row: Row, at: number, earlier: readonly Row[]): Fault[] {
  const score = numberAt(row, 'score')
  const { code = '', labelTh = '' } = row.cells
  const value = numberAt(row, 'code')
  const isCode = Number.isInteger(value) && value >= 0 && value <= HIGHEST_CODE
  const isSame = (text: string | undefined) => text?.replaceAll(' ', '') === labelTh.replaceAll(' ', '')
  return faultsOf(row, [
    [numberAt(row, 'place') !== at + 1, 'place', 'stop', 'place'],
    [!(Number.isInteger(score) && score >= 0 && score <= BEST), 'score', 'stop', 'score'],
    [code !== '' && !isCode, 'code', 'stop', 'number'],
    [earlier.some((other) => storedCode(other) === storedCode(row)), 'code', 'stop', 'code-twice'],
    [labelTh === '', 'labelTh', 'stop', 'text-missing'],
    [labelTh !== '' && earlier.some(({ cells }) => isSame(cells.labelTh)), 'labelTh', 'stop', 'label-twice'],
    [labelTh.length > LONGEST_OPTION, 'labelTh', 'confirm', 'text-long'],
  ])
}

/** The code that is stored: its own, or its place where it has none. */
function storedCode(row: Row): number {
  return row.cells.code === '' ? numberAt(row, 'place') : numberAt(row, 'code')
}

function checkScores(first: Row, scores: readonly number[]): Fault[] {
  const steps = scores.slice(1).map((score, at) => score - (scores[at] ?? 0))
  const isStrict = steps.every((step) => step > 0) || steps.every((step) => step < 0)
  // 0, 33, 67, 100 are thirds that were rounded
  const isEven = steps.every((step) => Math.abs(Math.abs(step) - Math.abs(steps[0] ?? 0)) <= 1)
  const shown = scores.join(' · ')
  const hasEnds = Math.max(...scores) === BEST && Math.min(...scores) === 0
  return faultsOf(first, [
    [!hasEnds, 'score', 'stop', 'best-and-worst', shown],
    [hasEnds && !isStrict, 'score', 'stop', 'not-in-order', shown],
    [hasEnds && isStrict && !isEven, 'score', 'confirm', 'steps-uneven', shown],
  ])
}
