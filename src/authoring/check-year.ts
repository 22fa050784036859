import { encodePayload } from '#protocol/payload'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { LEVELS } from '#survey/level'
import { type Fault, faultIn, faultsOf, isWhole, numberAt, type Row, type Tables } from './tables.ts'

const WHOLE = 100
const MOST_MINUTES = 240
const BUDDHIST_YEARS = 543
const MOST_PEOPLE = 1_000_000

/** What concerns the year as a whole: its name, weights, lanes, levels, topics, and the size of an answer. */
export function checkYear(tables: Tables): Fault[] {
  return [
    ...checkSet(tables),
    ...checkLanes(tables),
    ...checkLevels(tables),
    ...checkTopics(tables),
    ...checkSize(tables),
  ]
}

function checkSet(tables: Tables): Fault[] {
  const { set } = tables
  const [first] = set
  if (!first) return [faultIn('set', 'stop', 'no-instruments', '')]
  const weights = set.map((row) => numberAt(row, 'weight'))
  const once = ['iit', 'eit', 'oit'].filter((one) => set.filter(({ cells }) => cells.instrument === one).length !== 1)
  return [
    ...set.flatMap((row) => [...checkSetRow(row, first), ...checkEnglish(row, tables)]),
    ...once.map((instrument) => faultIn('set', 'stop', 'instrument-once', instrument)),
    ...faultsOf(first, [
      [weights.reduce((sum, one) => sum + one, 0) !== WHOLE, 'weight', 'stop', 'weights', weights.join(' + ')],
      [first.cells.document === '', 'document', 'confirm', 'source-missing'],
      [first.cells.accessed === '', 'accessed', 'confirm', 'source-missing'],
      [!isDay(first.cells.accessed ?? ''), 'accessed', 'confirm', 'day'],
    ]),
  ]
}

/** A questionnaire has English when its title has: English words without it would be left out without a word. */
function checkEnglish(row: Row, { indicators, items, options }: Tables): Fault[] {
  const own = indicators.filter(({ cells }) => cells.instrument === row.cells.instrument)
  const named = new Set(own.map(({ cells }) => cells.indicator))
  const asked = items.filter(({ cells }) => named.has(cells.indicator))
  const sets = new Set(asked.map(({ cells }) => cells.scale))
  const said = [...own, ...asked, ...options.filter(({ cells }) => sets.has(cells.scale))]
  const hasEnglish = said.some(({ cells }) =>
    ['nameEn', 'textEn', 'plainEn', 'exampleEn', 'noteEn', 'labelEn'].some((column) => (cells[column] ?? '') !== ''),
  )
  return faultsOf(row, [[hasEnglish && row.cells.titleEn === '', 'titleEn', 'stop', 'title-en-missing']])
}

/** A day of the calendar, as ISO writes it or as Thai people do; or none. */
function isDay(text: string): boolean {
  const western = text.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(western) ?? []
  const iso =
    year === '' ? western : `${Number(year) - BUDDHIST_YEARS}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${iso}T00:00:00Z`)
  return text === '' || (!Number.isNaN(time) && new Date(time).toISOString().startsWith(iso))
}

function checkSetRow(row: Row, first: Row): Fault[] {
  const { year = '', fiscalYear, titleTh, minutes, opening, instrument } = row.cells
  const of = numberAt(row, 'fiscalYear')
  const isYear = Number.isInteger(of) && of >= 2500 && of <= 2700
  const differs = year !== first.cells.year || fiscalYear !== first.cells.fiscalYear
  return faultsOf(row, [
    [!/^[a-z0-9][a-z0-9-]{0,35}$/.test(year), 'year', 'stop', 'year-id'],
    [differs, 'year', 'stop', 'years-differ'],
    [!isYear, 'fiscalYear', 'stop', 'fiscal-year'],
    [titleTh === '', 'titleTh', 'stop', 'text-missing'],
    [!isWhole(row, 'weight', 0, WHOLE), 'weight', 'stop', 'number'],
    [minutes !== '' && !isWhole(row, 'minutes', 1, MOST_MINUTES), 'minutes', 'stop', 'number'],
    [opening !== '' && instrument !== 'eit', 'opening', 'stop', 'opening-for-visitors'],
  ])
}

function checkLanes({ lanes }: Tables): Fault[] {
  const wanted = ['iit', 'eit-public', 'eit-survey']
  const wrong = wanted.filter((lane) => lanes.filter(({ cells }) => cells.lane === lane).length !== 1)
  return [...wrong.map((lane) => faultIn('lanes', 'stop', 'lane-once', lane)), ...lanes.flatMap(checkLane)]
}

function checkLane(row: Row): Fault[] {
  const { lane, rule } = row.cells
  const percent = numberAt(row, 'percent')
  const bounds = ['atLeast', 'atMost'].every((column) => isWhole(row, column, 1, MOST_PEOPLE))
  const isPercent =
    percent > 0 &&
    percent <= WHOLE &&
    hasHundredths(percent) &&
    bounds &&
    numberAt(row, 'atLeast') <= numberAt(row, 'atMost')
  return faultsOf(row, [
    [lane !== 'iit' && !isWhole(row, 'eitPart', 1, WHOLE), 'eitPart', 'stop', 'number'],
    [rule === '', 'rule', 'stop', 'text-missing'],
    [rule === 'number' && !isWhole(row, 'number', 1, MOST_PEOPLE), 'number', 'stop', 'number'],
    [rule === 'percent' && !isPercent, 'percent', 'stop', 'number'],
    // a cell that shows 10 % holds 0.1
    [rule === 'percent' && isPercent && percent < 1, 'percent', 'confirm', 'percent-small'],
  ])
}

/** At most two decimals: scores are compared as they are shown. */
function hasHundredths(value: number): boolean {
  return Math.abs(value * 100 - Math.round(value * 100)) < 1e-6
}

function isBound(value: number): boolean {
  return value >= 0 && value <= WHOLE && hasHundredths(value)
}

function checkLevels({ levels }: Tables): Fault[] {
  const from = levels.map((row) => numberAt(row, 'from'))
  const places = levels.map(({ cells }) => (LEVELS as readonly string[]).indexOf(cells.level ?? ''))
  const each = levels.map((row) => (row.cells.eachFrom === '' ? 0 : numberAt(row, 'eachFrom')))
  // the best first, in bounds and in name; of two with one bound the stricter one
  const isBelow = (at: number) =>
    (from[at] ?? 0) < (from[at - 1] ?? 0) || (from[at] === from[at - 1] && (each[at] ?? 0) < (each[at - 1] ?? 0))
  const falls = from.every((one, at) => isBound(one) && (at === 0 || isBelow(at)))
  const sinks = places.every((one, at) => at === 0 || one > (places[at - 1] ?? 0))
  const ends = from[from.length - 1] === 0 && levels[levels.length - 1]?.cells.eachFrom === ''
  if (!falls || !sinks || !ends) return [faultIn('levels', 'stop', 'levels', from.join(' · '))]
  return levels.flatMap((row) =>
    faultsOf(row, [[row.cells.eachFrom !== '' && !isBound(numberAt(row, 'eachFrom')), 'eachFrom', 'stop', 'number']]),
  )
}

function checkTopics({ topics, items }: Tables): Fault[] {
  const ids = new Set(items.map(({ cells }) => cells.item))
  return topics.flatMap((row) => {
    const strange = (row.cells.items ?? '').split(/[\s,]+/).filter((id) => id !== '' && !ids.has(id))
    return faultsOf(row, [
      [!/^[a-z][a-z0-9-]{0,39}$/.test(row.cells.topic ?? ''), 'topic', 'stop', 'topic-id'],
      [strange.length > 0, 'items', 'stop', 'item-unknown', strange.join(' ')],
      [topics.find(({ cells }) => cells.topic === row.cells.topic) !== row, 'topic', 'stop', 'id-twice'],
      [(row.cells.topic ?? '') in {}, 'topic', 'stop', 'topic-id'],
    ])
  })
}

/** Every response has one size: a questionnaire whose longest answers do not fit into it cannot be asked. */
function checkSize(tables: Tables): Fault[] {
  return (['iit', 'eit'] as const).flatMap((instrument) => {
    const own = tables.indicators.filter(({ cells }) => cells.instrument === instrument)
    const named = new Set(own.map(({ cells }) => cells.indicator))
    const ids = tables.items.flatMap(({ cells }) => (named.has(cells.indicator) ? [cells.item ?? ''] : []))
    const form = `${instrument}-${tables.set[0]?.cells.year ?? ''}`
    return fits(form, ids)
      ? []
      : [faultIn('items', 'stop', 'too-many-items', `${instrument.toUpperCase()} ${ids.length}`)]
  })
}

function fits(form: string, ids: readonly string[]): boolean {
  const answers = Object.fromEntries(ids.map((id) => [id, 254]))
  const coarse = { unit: 'u100', point: 'p100', contact: 'x'.repeat(40) }
  const ticket = { input: new Uint8Array(SIZES.ticketInput), sig: new Uint8Array(SIZES.signature) }
  try {
    encodePayload({ v: 2, form, part: 'eit-survey', answers, coarse }, ticket, PADDED_SIZE)
    return true
  } catch {
    return false
  }
}
