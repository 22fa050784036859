import { optionsOf } from './build.ts'
import { type Fault, faultAt, numberAt, type Row, type Tables } from './tables.ts'

/** Words that say that something does not happen. */
const NOTHING = /^ไม่|ไม่(มี|เคย|พบ|เห็น|ใช่|ได้|เลย)/

/**
 * Which end of an item scores 100 is the classic mistake of entering a questionnaire: the same options mean the best at one
 * item and the worst at its neighbour. Each item whose first option scores 100, or whose "nothing of it" scores 0, is asked
 * about, and so are neighbours that look alike and score the other way round.
 */
export function checkPolarity(tables: Tables): Fault[] {
  const asked = new Set(tables.indicators.flatMap(({ cells }) => (cells.instrument === 'oit' ? [] : [cells.indicator])))
  const items = tables.items.filter(({ cells }) => asked.has(cells.indicator))
  return items.flatMap((row, at) => {
    const before = items[at - 1]
    return [...ownEnd(row, tables), ...(before ? besides(row, before, tables) : [])]
  })
}

function ownEnd(row: Row, tables: Tables): Fault[] {
  const rows = optionsOf(tables, row.cells.scale ?? '')
  const [first] = rows
  const best = rows.find((option) => numberAt(option, 'score') === 100)
  if (!first || !best) return []
  const nothing = rows.find(({ cells }) => NOTHING.test(cells.labelTh ?? ''))
  const isAsked = best === first || (nothing !== undefined && numberAt(nothing, 'score') === 0)
  return isAsked ? [faultAt(row, 'scale', 'confirm', 'polarity', `${row.cells.item} «${best.cells.labelTh}»`)] : []
}

function besides(row: Row, before: Row, tables: Tables): Fault[] {
  const [own = [], other = []] = [row, before].map(({ cells }) =>
    optionsOf(tables, cells.scale ?? '').map((option) => numberAt(option, 'score')),
  )
  const looksAlike = own.length === other.length && row.cells.indicator === before.cells.indicator
  return looksAlike && own[0] !== other[0]
    ? [faultAt(row, 'scale', 'confirm', 'neighbours', `${before.cells.item} / ${row.cells.item}`)]
    : []
}
