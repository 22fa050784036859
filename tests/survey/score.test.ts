import { describe, expect, it } from 'vitest'
import { faultOf, missingItems } from '#survey/answers'
import { type InstrumentScores, levelOf, totalScore } from '#survey/level'
import { readQuestionnaire } from '#survey/questionnaire'
import { mean, ratio, toHundredths, toTwoDecimals, weightedMean } from '#survey/ratio'
import { requiredSample } from '#survey/required-sample'
import { itemScore } from '#survey/score'
import { Tally } from '#survey/tally'
import { FORMS, questionnaire } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

const iit = questionnaire('iit-2566')
const itemOf = (id: string) => {
  const item = iit.itemById.get(id)
  if (!item) throw new Error(id)
  return item
}

describe('ratios', () => {
  it('round half up from exact integers, never through binary fractions', () => {
    expect(toTwoDecimals(ratio(10005, 1000))).toBe('10.01')
    expect(toTwoDecimals(ratio(84995, 1000))).toBe('85.00')
    expect(toTwoDecimals(ratio(84994999, 1000000))).toBe('84.99')
    expect(toHundredths(ratio(1, 3))).toBe(33)
    expect(toHundredths(ratio(2, 3))).toBe(67)
  })

  it('have exact means', () => {
    expect(mean([ratio(1, 3), ratio(2, 3), ratio(1)])).toEqual(ratio(2, 3))
    expect(
      weightedMean([
        { value: ratio(100), weight: 30 },
        { value: ratio(0), weight: 70 },
      ]),
    ).toEqual(ratio(30))
    expect(() => mean([])).toThrow(RangeError)
  })
})

describe('item scores', () => {
  it('take level items as 0, 33, 67, 100 and reversed ones the other way round', () => {
    const one = (id: string, code: number) => toHundredths(itemScore(itemOf(id), new Map([[code, 1]]))) / 100
    expect([1, 2, 3, 4].map((code) => one('I1', code))).toEqual([0, 33, 67, 100])
    expect([1, 2, 3, 4].map((code) => one('I10', code))).toEqual([100, 67, 33, 0])
    expect([1, 0].map((code) => one('I4', code))).toEqual([0, 100])
  })

  it('reverse exactly I10 I11 I12 I16 I17 I18 I22 I23', () => {
    const reversed = iit.items.filter((item) => item.scale === 'level-reversed').map(({ id }) => id)
    expect(reversed).toEqual(['I10', 'I11', 'I12', 'I16', 'I17', 'I18', 'I22', 'I23'])
  })

  it('of nobody are an error, not a zero', () => {
    expect(() => itemScore(itemOf('I1'), new Map())).toThrow(RangeError)
  })
})

describe('a tally', () => {
  it('refuses a response with an option the item does not have', () => {
    const tally = new Tally(iit)
    expect(() => tally.add({ ...randomAnswers('iit-2566'), I1: 5 })).toThrow('I1')
  })
})

describe('answers', () => {
  it('are complete only with every item answered by an option it has, and nothing else', () => {
    const answers = randomAnswers('iit-2566')
    expect(faultOf(iit, answers)).toBeNull()
    const { I30: _, ...short } = answers
    expect(faultOf(iit, short)).toBe('incomplete')
    expect(missingItems(iit, short).map(({ id }) => id)).toEqual(['I30'])
    expect(faultOf(iit, { ...answers, E1: 1 })).toBe('unknown-item')
    for (const wrong of [0, 5, 1.5, '1', null, true, Number.NaN])
      expect(faultOf(iit, { ...answers, I1: wrong })).toBe('unknown-option')
    expect(faultOf(iit, JSON.parse('{"__proto__":1}'))).toBe('unknown-item')
  })
})

describe('levels', () => {
  const { weights, levels } = FORMS.year
  const reached = (scores: InstrumentScores) => levelOf(scores, weights, levels).level
  const level = (iitScore: number, eit: number, oit: number) =>
    reached({ iit: ratio(iitScore), eit: ratio(eit), oit: ratio(oit) })

  it('reach a bound of two decimals that no binary fraction is', () => {
    const bound = [
      { level: 'pass', from: 64.01, confirmed: true },
      { level: 'improve', from: 0, confirmed: true },
    ] as const
    const exact = ratio(6401, 100)
    expect(levelOf({ iit: exact, eit: exact, oit: exact }, weights, bound).level).toBe('pass')
  })

  it('compare after rounding, with half-open bounds', () => {
    expect(level(95, 95, 95)).toBe('excellent')
    expect(level(100, 100, 94)).toBe('good')
    expect(level(85, 85, 85)).toBe('good')
    expect(level(84, 100, 100)).toBe('pass')
    expect(level(84, 85, 85)).toBe('improve')
    expect(level(70, 70, 70)).toBe('improve')
    expect(level(69, 70, 70)).toBe('improve-urgently')
    const almost = ratio(8499499, 100000)
    expect(reached({ iit: almost, eit: almost, oit: almost })).toBe('improve')
    const rounded = ratio(8499500, 100000)
    expect(reached({ iit: rounded, eit: rounded, oit: rounded })).toBe('good')
  })

  it('weigh 30, 30 and 40', () => {
    expect(totalScore({ iit: ratio(100), eit: ratio(0), oit: ratio(0) }, weights)).toEqual(ratio(30))
    expect(totalScore({ iit: ratio(0), eit: ratio(0), oit: ratio(100) }, weights)).toEqual(ratio(40))
  })
})

describe('the required sample', () => {
  const percent = { rule: 'percent', percent: 10, atLeast: 30, atMost: 400 } as const

  it('of a share with decimals is counted in whole numbers: 16.1 per cent of a thousand are 161', () => {
    expect(requiredSample(1000, { rule: 'percent', percent: 16.1, atLeast: 1, atMost: 1000 })).toBe(161)
  })

  it('is everybody, or a number, where a year says so; never more than there are', () => {
    expect(requiredSample(70, { rule: 'everyone' })).toBe(70)
    expect([20, 100, 4000].map((eligible) => requiredSample(eligible, { rule: 'number', number: 100 }))).toEqual([
      20, 100, 100,
    ])
  })

  it.each([
    [0, 0],
    [29, 29],
    [30, 30],
    [31, 30],
    [300, 30],
    [301, 31],
    [1085, 109],
    [4000, 400],
    [90_000, 400],
  ])('of %i eligible people is %i', (eligible, required) => expect(requiredSample(eligible, percent)).toBe(required))

  it('of a broken number is an error', () => {
    for (const broken of [-1, 1.5, Number.NaN]) expect(() => requiredSample(broken, percent)).toThrow(RangeError)
  })
})

describe('a questionnaire file', () => {
  const file = {
    id: 'x',
    instrument: 'iit',
    fiscalYear: 2567,
    scales: {
      level: [
        [1, 0],
        [2, 100],
      ],
    },
  }
  const withItems = (items: string[][]) => ({ ...file, indicators: [{ id: '1', groups: [{ id: '1', items }] }] })

  it('with a repeated item, an unknown scale or instrument is refused', () => {
    expect(() =>
      readQuestionnaire(
        withItems([
          ['A', 'level'],
          ['A', 'level'],
        ]),
      ),
    ).toThrow('A twice')
    expect(() => readQuestionnaire(withItems([['A', 'six']]))).toThrow('scale six')
    expect(() => readQuestionnaire({ ...withItems([]), instrument: 'xit' })).toThrow('xit')
  })

  it('of another year, with other items and six levels, needs no change of the rules', () => {
    const six = [0, 20, 40, 60, 80, 100].map((score, index) => [index + 1, score])
    const next = readQuestionnaire({ ...withItems([['i1', 'six']]), scales: { six } })
    const item = next.items[0]
    expect(
      item &&
        toTwoDecimals(
          itemScore(
            item,
            new Map([
              [2, 1],
              [6, 2],
            ]),
          ),
        ),
    ).toBe('73.33')
  })
})
