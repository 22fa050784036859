import type { PublishedFigures } from '#instruments/published'
import type { Response } from '#results/open-responses'
import { COUNTED_LANES, type RoundForms } from '#results/round-forms'
import type { Indicator, Item, OptionCode, Questionnaire } from '#survey/questionnaire'
import { mean, type Ratio, ratio, toHundredths } from '#survey/ratio'
import type { SeededRandom } from './seeded-random.ts'

type CountedLane = (typeof COUNTED_LANES)[number]

/** Exact sums of option scores, by item id. */
type Sums = Readonly<Record<string, number>>

/** More than ever needed: about one draw in ten reproduces all aggregates. */
const MOST_DRAWS = 100_000

/**
 * Individual responses whose item scores, indicators and totals are exactly those some department published. The published
 * figures are rounded, so several sums fit each item: sums are drawn until every aggregate fits too, then option counts are
 * drawn for each sum and dealt out to people at random. Throws when no such sums are found.
 */
export function makeFixture(figures: PublishedFigures, forms: RoundForms, random: SeededRandom): Response[] {
  const published = new Published(figures, forms)
  const sums = published.drawSums(random)
  return COUNTED_LANES.flatMap((lane) => {
    const people = published.people(lane)
    const columns = published.items(lane).map((item) => {
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

/** Figures beside the questionnaires they were measured with. */
class Published {
  readonly #figures: PublishedFigures
  readonly #forms: RoundForms

  constructor(figures: PublishedFigures, forms: RoundForms) {
    this.#figures = figures
    this.#forms = forms
  }

  people(lane: CountedLane): number {
    return this.#figures.respondents[lane] ?? 0
  }

  items(lane: CountedLane): readonly Item[] {
    return this.#form(lane).items
  }

  drawSums(random: SeededRandom): Readonly<Record<CountedLane, Sums>> {
    const [iit, open, survey] = COUNTED_LANES.map((lane) => this.#possibleSums(lane)) as [Possible, Possible, Possible]
    const drawn = drawUntil(
      () => pick(random, iit),
      (sums) => this.#iitFits(sums),
    )
    const [drawnOpen, drawnSurvey] = drawUntil(
      () => [pick(random, open), pick(random, survey)] as const,
      (pair) => this.#eitFits(...pair),
    )
    return { iit: drawn, 'eit-public': drawnOpen, 'eit-survey': drawnSurvey }
  }

  #form(lane: CountedLane): Questionnaire {
    const form = this.#forms.year.lanes[lane]
    if (!form) throw new Error(`nothing is asked in ${lane}`)
    return form
  }

  /** For each item of a lane the sums that show as published. */
  #possibleSums(lane: CountedLane): Possible {
    const published = this.#figures.items[lane] ?? {}
    return Object.fromEntries(
      this.items(lane).map((item) => [
        item.id,
        sumsRoundingTo(item, this.people(lane), published[item.id] ?? Number.NaN),
      ]),
    )
  }

  #iitFits(sums: Sums): boolean {
    const indicators = this.#indicatorRatios('iit', sums)
    const { iit = Number.NaN } = this.#figures.scores
    return indicators.every(([id, exact]) => shows(exact, this.#indicatorFigure(id))) && shows(meanOf(indicators), iit)
  }

  #eitFits(open: Sums, survey: Sums): boolean {
    const [ofOpen, ofSurvey] = [this.#indicatorRatios('eit-public', open), this.#indicatorRatios('eit-survey', survey)]
    const { 'eit-public': openScore = Number.NaN, 'eit-survey': surveyScore = Number.NaN } = this.#figures.scores
    const halves = ofOpen.map(([id, exact], index) => [id, mean([exact, ofSurvey[index]?.[1] as Ratio])] as const)
    return (
      shows(meanOf(ofOpen), openScore) &&
      shows(meanOf(ofSurvey), surveyScore) &&
      halves.every(([id, exact]) => shows(exact, this.#indicatorFigure(id)))
    )
  }

  #indicatorRatios(lane: CountedLane, sums: Sums): (readonly [string, Ratio])[] {
    const people = this.people(lane)
    const scoreOf = (indicator: Indicator) => mean(indicator.items.map((item) => ratio(sums[item.id] ?? 0, people)))
    return this.#form(lane).indicators.map((indicator) => [indicator.id, scoreOf(indicator)] as const)
  }

  #indicatorFigure(id: string): number {
    return this.#figures.indicators[id] ?? Number.NaN
  }
}

/** The sums that fit each item. */
type Possible = Readonly<Record<string, readonly number[]>>

function drawUntil<T>(draw: () => T, fits: (drawn: T) => boolean): T {
  for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
    const drawn = draw()
    if (fits(drawn)) return drawn
  }
  throw new Error('the published figures do not fit together')
}

function pick(random: SeededRandom, sums: Possible): Sums {
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

function meanOf(indicators: readonly (readonly [string, Ratio])[]): Ratio {
  return mean(indicators.map(([, exact]) => exact))
}

function shows(exact: Ratio, published: number): boolean {
  return toHundredths(exact) === Math.round(published * 100)
}
