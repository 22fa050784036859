import { encodePayload } from '#protocol/payload'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { type Fault, faultIn, faultsOf, isWhole, numberAt, type Row, type Tables } from './tables.ts'

const WHOLE = 100
const MOST_MINUTES = 240
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

function checkSet({ set }: Tables): Fault[] {
  const [first] = set
  if (!first) return [faultIn('set', 'stop', 'no-instruments', '')]
  const weights = set.map((row) => numberAt(row, 'weight'))
  const once = ['iit', 'eit', 'oit'].filter((one) => set.filter(({ cells }) => cells.instrument === one).length !== 1)
  return [
    ...set.flatMap((row) => checkSetRow(row, first)),
    ...once.map((instrument) => faultIn('set', 'stop', 'instrument-once', instrument)),
    ...faultsOf(first, [
      [weights.reduce((sum, one) => sum + one, 0) !== WHOLE, 'weight', 'stop', 'weights', weights.join(' + ')],
      [first.cells.document === '', 'document', 'confirm', 'source-missing'],
      [first.cells.accessed === '', 'accessed', 'confirm', 'source-missing'],
    ]),
  ]
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
  const isPercent = percent > 0 && percent <= WHOLE && bounds && numberAt(row, 'atLeast') <= numberAt(row, 'atMost')
  return faultsOf(row, [
    [lane !== 'iit' && !isWhole(row, 'eitPart', 1, WHOLE), 'eitPart', 'stop', 'number'],
    [rule === '', 'rule', 'stop', 'text-missing'],
    [rule === 'number' && !isWhole(row, 'number', 1, MOST_PEOPLE), 'number', 'stop', 'number'],
    [rule === 'percent' && !isPercent, 'percent', 'stop', 'number'],
  ])
}

function checkLevels({ levels }: Tables): Fault[] {
  const from = levels.map((row) => numberAt(row, 'from'))
  const falls = from.every((one, at) => one >= 0 && one <= (from[at - 1] ?? WHOLE))
  const ends = from[from.length - 1] === 0 && levels[levels.length - 1]?.cells.eachFrom === ''
  if (!falls || !ends) return [faultIn('levels', 'stop', 'levels', from.join(' · '))]
  return levels.flatMap((row) =>
    faultsOf(row, [
      [levels.find(({ cells }) => cells.level === row.cells.level) !== row, 'level', 'stop', 'id-twice'],
      [row.cells.eachFrom !== '' && Number.isNaN(numberAt(row, 'eachFrom')), 'eachFrom', 'stop', 'number'],
    ]),
  )
}

function checkTopics({ topics, items }: Tables): Fault[] {
  const ids = new Set(items.map(({ cells }) => cells.item))
  return topics.flatMap((row) => {
    const strange = (row.cells.items ?? '').split(/[\s,]+/).filter((id) => id !== '' && !ids.has(id))
    return faultsOf(row, [
      [!/^[a-z][a-z0-9-]{0,39}$/.test(row.cells.topic ?? ''), 'topic', 'stop', 'topic-id'],
      [strange.length > 0, 'items', 'stop', 'item-unknown', strange.join(' ')],
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
