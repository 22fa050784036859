import { expect, it } from 'vitest'
import { factsOf, type PrintedSlips } from '#results/round-facts'

const printing = (change: Partial<PrintedSlips>): PrintedSlips => ({
  ...{ lane: 'iit', kind: 'main', printed: 40, exchanged: 0, unit: '' },
  ...change,
})

it('the room, which is told by fives, and a terminal at the issuer reckon with the same people', () => {
  for (let exact = 0; exact <= 40; exact += 1) {
    const units = (exchanged: number) => [
      printing({ unit: 'u1', exchanged }),
      printing({ unit: 'u1', kind: 'spare', printed: 10, exchanged: Math.min(10, exchanged) }),
    ]
    expect(factsOf(units(exact))).toEqual(factsOf(units(exact - (exact % 5))))
    expect(factsOf(units(exact)).exchanged.u1).toBeGreaterThanOrEqual(exact)
  }
})

it('of everybody’s envelope numbers are exact, and no unit is bounded by it', () => {
  const facts = factsOf([
    printing({ exchanged: 33 }),
    printing({ kind: 'spare', exchanged: 3 }),
    printing({ unit: 'u1' }),
  ])
  expect(facts).toEqual({ spare: { iit: 3 }, exchanged: {} })
})
