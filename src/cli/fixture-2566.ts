import published2566 from '#instruments/2566/published.json' with { type: 'json' }
import { LANES, type Lane } from '#protocol/lane'
import type { Response } from '#results/open-responses'
import { questionnaire } from '#results/questionnaires'
import { TABLE_LANES } from '#results/responses-csv'
import type { Indicator, Item, OptionCode } from '#survey/questionnaire'
import { mean, type Ratio, ratio, toHundredths } from '#survey/ratio'
import type { SeededRandom } from './seeded-random.ts'

type TableLane = (typeof TABLE_LANES)[number]

/** Exact sums of option scores, by item id. */
type Sums = Readonly<Record<string, number>>

/** More than ever needed: about one draw in ten reproduces all aggregates. */
const MOST_DRAWS = 100_000

/**
 * Individual responses whose item scores, indicators and totals are exactly those published for FY 2566.
 * The published figures are rounded, so several sums fit each item: sums are drawn until every aggregate fits too,
 * then option counts are drawn for each sum and dealt out to people at random.
 */
export function makeFixture2566(random: SeededRandom): Response[] {
  const sums = drawSums(random)
  return TABLE_LANES.flatMap((lane) => {
    const people = published2566.respondents[lane]
    const columns = itemsOf(lane).map((item) => {
      const counts = random.shuffled(countsOf(item, people, sums[lane][item.id] ?? Number.NaN))[0]
      if (!counts) throw new Error(`no option counts give ${item.id}`)
      return [item.id, random.shuffled(dealt(item, counts))] as const
    })
    return Array.from({ length: people }, (_, person) => ({
      lane,
      answers: Object.fromEntries(columns.map(([id, codes]) => [id, codes[person] as OptionCode])),
    }))
  })
}

function drawSums(random: SeededRandom): Readonly<Record<TableLane, Sums>> {
  const [iit, open, survey] = [possibleSums('iit'), possibleSums('eit-public'), possibleSums('eit-survey')]
  const drawn = drawUntil(() => pick(random, iit), iitFits)
  const [drawnOpen, drawnSurvey] = drawUntil(
    () => [pick(random, open), pick(random, survey)] as const,
    (pair) => eitFits(...pair),
  )
  return { iit: drawn, 'eit-public': drawnOpen, 'eit-survey': drawnSurvey }
}

function drawUntil<T>(draw: () => T, fits: (drawn: T) => boolean): T {
  for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
    const drawn = draw()
    if (fits(drawn)) return drawn
  }
  throw new Error('the published figures do not fit together')
}

/** For each item of a lane the sums that show as published. */
function possibleSums(lane: TableLane): Readonly<Record<string, readonly number[]>> {
  const published: Readonly<Record<string, number>> = published2566.items[lane]
  const people = published2566.respondents[lane]
  return Object.fromEntries(
    itemsOf(lane).map((item) => [item.id, sumsRoundingTo(item, people, published[item.id] ?? Number.NaN)]),
  )
}

function pick(random: SeededRandom, sums: Readonly<Record<string, readonly number[]>>): Sums {
  return Object.fromEntries(
    Object.entries(sums).map(([id, choices]) => [id, choices[random.below(choices.length)] ?? Number.NaN]),
  )
}

/** Sums of option scores that some option counts reach and whose mean shows as published. */
function sumsRoundingTo(item: Item, people: number, published: number): number[] {
  const middle = Math.round(published * people)
  const near = Array.from({ length: 11 }, (_, index) => middle - 5 + index)
  const hundredths = Math.round(published * 100)
  return near.filter((sum) => toHundredths(ratio(sum, people)) === hundredths && countsOf(item, people, sum).length > 0)
}

/** All ways to spread people over an item's options so that their scores add up to a sum; counts in the options' order. */
function countsOf(item: Item, people: number, sum: number): number[][] {
  // the dearest options first: the cheapest paid one then follows by division, and whoever is left takes the free one
  const dearestFirst = [...item.options].sort((a, b) => b.score - a.score)
  const ways: number[][] = []
  const spread = (place: number, taken: ReadonlyMap<OptionCode, number>, left: number, rest: number) => {
    const option = dearestFirst[place]
    if (!option) return
    if (option.score === 0) {
      if (rest === 0) ways.push(item.options.map(({ code }) => (code === option.code ? left : (taken.get(code) ?? 0))))
      return
    }
    const most = Math.min(left, Math.floor(rest / option.score))
    const onlyFreeNext = dearestFirst[place + 1]?.score === 0
    for (let count = onlyFreeNext ? most : 0; count <= most; count += 1) {
      spread(place + 1, new Map(taken).set(option.code, count), left - count, rest - count * option.score)
    }
  }
  spread(0, new Map(), people, sum)
  return ways
}

function dealt(item: Item, counts: readonly number[]): OptionCode[] {
  return item.options.flatMap((option, index) => Array<OptionCode>(counts[index] ?? 0).fill(option.code))
}

function iitFits(sums: Sums): boolean {
  const indicators = indicatorRatios('iit', sums)
  return (
    indicators.every(([id, exact]) => shows(exact, indicatorFigure(id))) &&
    shows(meanOf(indicators), published2566.scores.iit)
  )
}

function eitFits(open: Sums, survey: Sums): boolean {
  const [openRatios, surveyRatios] = [indicatorRatios('eit-public', open), indicatorRatios('eit-survey', survey)]
  const parts =
    shows(meanOf(openRatios), published2566.scores['eit-public']) &&
    shows(meanOf(surveyRatios), published2566.scores['eit-survey'])
  const halves = openRatios.map(([id, exact], index) => [id, mean([exact, surveyRatios[index]?.[1] as Ratio])] as const)
  return parts && halves.every(([id, exact]) => shows(exact, indicatorFigure(id)))
}

function indicatorRatios(lane: TableLane, sums: Sums): (readonly [string, Ratio])[] {
  const people = published2566.respondents[lane]
  const scoreOf = (indicator: Indicator) => mean(indicator.items.map((item) => ratio(sums[item.id] ?? 0, people)))
  return formOf(lane).indicators.map((indicator) => [indicator.id, scoreOf(indicator)] as const)
}

function meanOf(indicators: readonly (readonly [string, Ratio])[]): Ratio {
  return mean(indicators.map(([, exact]) => exact))
}

function shows(exact: Ratio, published: number): boolean {
  return toHundredths(exact) === Math.round(published * 100)
}

function indicatorFigure(id: string): number {
  return (published2566.indicators as Readonly<Record<string, number>>)[id] ?? Number.NaN
}

function formOf(lane: Lane) {
  return questionnaire(lane === LANES[0] ? 'iit-2566' : 'eit-2566')
}

function itemsOf(lane: Lane): readonly Item[] {
  return formOf(lane).items
}
