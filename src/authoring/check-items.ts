import { distance } from 'fastest-levenshtein'
import { optionsOf } from './build.ts'
import { type Fault, faultAt, faultIn, faultsOf, isName, numberAt, type Row, type Tables } from './tables.ts'

const FEWEST_OPTIONS = 2
const MOST_OPTIONS = 7
/** Longer stems and options do not fit a small phone with large text. */
const LONGEST_TEXT = 300
const LONGEST_OPTION = 80
const BEST = 100
const SHORTEST_MISTYPED = 8
const MOST_MISTYPED = 2
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
    ...checkCloseLabels(tables),
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

/** Two options of different sets that differ by a letter or two: what somebody typed again, and mistyped. */
function checkCloseLabels({ options }: Tables): Fault[] {
  const seen: Row[] = []
  return options.flatMap((row) => {
    const { labelTh = '', scale } = row.cells
    const close = seen.find((other) => other.cells.scale !== scale && areClose(other.cells.labelTh ?? '', labelTh))
    seen.push(row)
    return close ? [faultAt(row, 'labelTh', 'confirm', 'labels-close', `${close.cells.labelTh} / ${labelTh}`)] : []
  })
}

/** A letter or two of at least eight: in short words that is another word. */
function areClose(one: string, other: string): boolean {
  if (one.replaceAll(' ', '') === other.replaceAll(' ', '')) return false
  return Math.min(one.length, other.length) >= SHORTEST_MISTYPED && distance(one, other) <= MOST_MISTYPED
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
      [row.cells.group !== '' && !isAlone(row, indicators), 'group', 'stop', 'id-twice'],
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

/** Scores and words of groups are found by their id alone: no other group and no indicator may have it. */
function isAlone(row: Row, indicators: readonly Row[]): boolean {
  const { group = '' } = row.cells
  return indicators.every((other) => other.cells.indicator !== group && (other === row || other.cells.group !== group))
}

function checkItems(tables: Tables): Fault[] {
  const next: Record<string, number> = {}
  const faults = tables.items.flatMap((row) => {
    const of = tables.indicators.find(({ cells }) => cells.indicator === row.cells.indicator && cells.group === '')
    const letter = LETTERS[of?.cells.instrument ?? ''] ?? ''
    next[letter] = (next[letter] ?? 0) + 1
    return [...checkId(row, tables, of ? `${letter}${next[letter]}` : null), ...checkItem(row, tables)]
  })
  faults.push(...checkOrder(tables.items, 'indicator'), ...checkOrder(tables.items, 'group'))
  const untranslated = tables.items.filter(({ cells }) => cells.textEn === '').length
  return untranslated > 0 ? [...faults, faultIn('items', 'confirm', 'english-missing', String(untranslated))] : faults
}

/** Items of one indicator, and of one group, stand together: they are asked and numbered in the order of the sheet. */
function checkOrder(items: readonly Row[], column: 'indicator' | 'group'): Fault[] {
  const nameOf = ({ cells }: Row) => `${cells.indicator} ${column === 'group' ? cells.group : ''}`
  return items.flatMap((row, at) => {
    const before = items[at - 1]
    const resumes =
      before && nameOf(before) !== nameOf(row) && items.slice(0, at).some((one) => nameOf(one) === nameOf(row))
    const isNews = column === 'indicator' || before?.cells.indicator === row.cells.indicator
    return resumes && isNews ? [faultAt(row, column, 'stop', 'indicator-resumes')] : []
  })
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
  const hasGroups = tables.indicators.some(({ cells }) => cells.indicator === indicator && cells.group !== '')
  return faultsOf(row, [
    [group !== '' && !hasGroup, 'group', 'stop', 'indicator-unknown'],
    [group === '' && hasGroups, 'group', 'stop', 'group-missing', row.cells.item],
    [textTh === '', 'textTh', 'stop', 'text-missing'],
    [textTh.length > LONGEST_TEXT, 'textTh', 'confirm', 'text-long'],
    [/ของ(กรม|กอง|เทศบาล|องค์การบริหาร)/.test(textTh), 'textTh', 'confirm', 'names-agency'],
    [optionsOf(tables, scale).length === 0, 'scale', 'stop', 'scale-unknown'],
    [noteEn !== '' && noteTh === '', 'noteTh', 'stop', 'text-missing'],
  ])
}

function checkScale(rows: readonly Row[], { items, indicators }: Tables, scale: string): Fault[] {
  const [first] = rows as [Row, ...Row[]]
  const own = items.filter(({ cells }) => cells.scale === scale)
  const isTicked = own.some(({ cells }) =>
    indicators.some((one) => one.cells.indicator === cells.indicator && one.cells.instrument === 'oit'),
  )
  const isCount = rows.length >= FEWEST_OPTIONS && rows.length <= MOST_OPTIONS
  return [
    ...faultsOf(first, [
      [!isName(scale), 'scale', 'stop', 'name'],
      [!isCount, 'scale', 'stop', 'options-count', `${scale}: ${rows.length}`],
      [own.length === 0, 'scale', 'confirm', 'scale-unused'],
      [isTicked && rows.length !== 2, 'scale', 'stop', 'oit-two', scale],
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
