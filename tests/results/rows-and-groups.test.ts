import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import type { Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import { FEWEST_WHOLE_ROWS, rowsTell } from '#results/disclose-rows'
import { narrows } from '#results/narrowing'
import type { Response } from '#results/open-responses'
import { Opening } from '#results/opening'
import { type PackedLane, packedCount, unpack } from '#results/packed'
import type { ChosenParts, Release } from '#results/release'
import { factsOf } from '#results/round-facts'
import { counted } from '#tests/support/counted.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { leaningRound } from '#tests/support/leaning-rounds.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

const ROUNDS = 200
const ALL_BREAKDOWNS: ChosenParts = { iit: 'breakdowns', 'eit-public': 'breakdowns' }

function openingOf({ manifest, responses }: { manifest: Manifest; responses: readonly Response[] }): Opening {
  const opening = new Opening({ manifest })
  opening.add(responses.map(counted))
  return opening
}

/** A response's own score, computed from the questionnaire as its words say it: mean of indicators of means of items. */
function scoreOf({ lane, answers }: Response): number {
  const form = questionnaire(lane === 'iit' ? 'iit-2566' : 'eit-2566')
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  return mean(
    form.indicators.map(({ items }) =>
      mean(items.map((item) => item.options.find(({ code }) => code === answers[item.id])?.score ?? 0)),
    ),
  )
}

/**
 * Somebody with all rows of a part and one line of its breakdown: rows without which no subset of that size has that rounded
 * score are certainly that group's. Sorting and adding only, written apart from the program's own test.
 */
function certainRows(rows: readonly number[], { n, score }: { n: number; score: number }): number {
  if (n >= rows.length) return 0
  const half = n < 100 ? 0.505 : 0.005
  const [least, most] = [n * Math.max(0, score - half), n * Math.min(100, score + half)]
  const sorted = [...rows].sort((a, b) => a - b)
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0)
  return sorted.filter((_, at) => {
    const others = sorted.filter((_, index) => index !== at)
    return sum(others.slice(-n)) < least - 1e-6 || sum(others.slice(0, n)) > most + 1e-6
  }).length
}

/** Certain rows over all groups of the parts that a release breaks down. Of parts whose rows never leave, no row is known. */
function certainIn(release: Release, responses: readonly Response[], leaving?: ReadonlySet<Lane>): number {
  return release.breakdowns.reduce((found, { lane, rows }) => {
    if (leaving && !leaving.has(lane)) return found
    const scores = responses.filter((one) => one.lane === lane).map(scoreOf)
    return found + rows.reduce((sum, group) => sum + certainRows(scores, group), 0)
  }, 0)
}

/** Whole rows that leave after a choice, and parts that must choose of which both leave. */
function leaving(opening: Opening, choice: 'rows' | 'breakdowns' | null): { rows: PackedLane[]; both: Lane[] } {
  const lanes = opening.release().choices.map(({ lane }) => lane)
  const chosen = choice ? (Object.fromEntries(lanes.map((lane) => [lane, choice])) as ChosenParts) : {}
  const rows = opening.rows('whole', () => 0, chosen)
  const { breakdowns } = opening.release(undefined, chosen)
  const both = lanes.filter(
    (lane) => rows.some((one) => one.lane === lane) && breakdowns.some((one) => one.lane === lane),
  )
  return { rows, both }
}

describe('whole rows beside breakdowns', () => {
  it.each([0.3, 0.6, 1.3])(
    `tell nobody’s group for certain in ${ROUNDS} rounds whose groups lean by %s, though the tables alone would`,
    (spread) => {
      const random = new SeededRandom(1000 + spread * 10)
      let [before, after, told, both] = [0, 0, 0, 0]
      for (let round = 0; round < ROUNDS; round += 1) {
        const made = leaningRound(random, spread)
        const opening = openingOf(made)
        // what left together before there was a choice
        before += certainIn(opening.release(undefined, ALL_BREAKDOWNS), made.responses)
        const release = opening.release()
        told += release.choices.length
        const leaving = new Set(opening.rows('whole', () => 0).map(({ lane }) => lane))
        both += release.breakdowns.filter(({ lane }) => leaving.has(lane)).length
        after += certainIn(release, made.responses, leaving)
        // and a part for which rows were chosen has no breakdown left
        const rowsChosen = Object.fromEntries(release.choices.map(({ lane }) => [lane, 'rows'])) as ChosenParts
        const lanes = new Set(opening.release(undefined, rowsChosen).breakdowns.map(({ lane }) => lane))
        for (const { lane } of release.choices) expect(lanes.has(lane)).toBe(false)
      }
      console.log(
        `spread ${spread}: ${before} certain rows without the choice, ${after} with it; ${told} parts must choose, ${both} give out both`,
      )
      expect(after).toBe(0)
      if (spread > 1) expect(before).toBeGreaterThan(300)
    },
    120_000,
  )

  it('never leave a part together that must choose, and only in earnest from a hundred rows on', () => {
    const random = new SeededRandom(77)
    let seen = 0
    for (let round = 0; round < 150; round += 1) {
      const opening = openingOf(leaningRound(random, 0.6))
      const { choices } = opening.release()
      for (const choice of [null, 'rows', 'breakdowns'] as const) {
        const { rows, both } = leaving(opening, choice)
        expect(both).toEqual([])
        for (const one of rows) expect(packedCount(one)).toBeGreaterThanOrEqual(FEWEST_WHOLE_ROWS)
        seen += choices.filter(({ lane }) => rows.some((one) => one.lane === lane)).length
      }
    }
    expect(seen).toBeGreaterThan(0)
  })

  it('name a group where fewer than k rows beside its own could be in it, counted to the last one', () => {
    const among = (count: number) =>
      Float64Array.from([...Array(20).fill(0), ...Array(count).fill(50), ...Array(20).fill(100)])
    const one = { n: 1, least: 49.9, most: 50.1 }
    expect(narrows(among(10), one, 10)).toBe(true)
    expect(narrows(among(11), one, 10)).toBe(false)
  })

  it('name two groups together that each could be many rows', () => {
    const scores = Float64Array.from({ length: 180 }, (_, row) => (row * 100) / 179.3)
    const group = (at: number, n: number, score: number) => ({ id: `u${at}`, n, score })
    expect(rowsTell(scores, { rows: [group(1, 45, 75)] }, 10)).toBe(false)
    // the upper half has a mean of 75: both together are exactly its rows
    const both = [group(1, 45, 75), group(2, 45, 75)]
    expect(rowsTell(scores, { rows: both }, 10)).toBe(true)
    // of many groups, too, those that lie side by side
    const small = (score: number) => Array.from({ length: 9 }, (_, at) => group(at + 3, 10, score))
    expect(rowsTell(scores, { rows: [...small(25), ...both] }, 10)).toBe(true)
    const alike = [...small(50), group(1, 45, 50), group(2, 45, 50)]
    expect(rowsTell(scores, { rows: alike }, 10)).toBe(false)
  })

  it('narrow nothing where everybody is in one group, and everything where only its own rows reach its score', () => {
    const scores = Float64Array.from({ length: 40 }, (_, row) => (row < 30 ? 10 : 100))
    expect(narrows(scores, { n: 40, least: 1300, most: 1300 }, 10)).toBe(false)
    // ten rows that are worth 1,000 together: only the ten best
    expect(narrows(scores, { n: 10, least: 995, most: 1000 }, 10)).toBe(true)
    // ten in the middle of many alike could be any of them
    expect(narrows(scores, { n: 10, least: 95, most: 105 }, 10)).toBe(false)
  })
})

describe('the protected file', () => {
  it('has every count and score as it was, and no row that anybody gave', () => {
    const made = leaningRound(new SeededRandom(5), 0.6)
    const opening = openingOf(made)
    const random = new SeededRandom(6)
    const lanes = opening.rows('protected', (bound) => random.below(bound))
    const columnsOf = (lane: Lane, rows: readonly Response[]) =>
      questionnaire(lane === 'iit' ? 'iit-2566' : 'eit-2566').items.map(({ id }) =>
        rows.map(({ answers }) => answers[id]).sort(),
      )
    for (const lane of lanes) {
      const own = made.responses.filter((one) => one.lane === lane.lane)
      const rows = responsesOf(lane)
      expect(columnsOf(lane.lane, rows)).toEqual(columnsOf(lane.lane, own))
      const given = new Set(own.map(({ answers }) => JSON.stringify(Object.values(answers))))
      expect(rows.filter(({ answers }) => given.has(JSON.stringify(Object.values(answers))))).toEqual([])
      expect([lane.tickets.length, rows.every(({ coarse }) => Object.keys(coarse ?? {}).length === 0)]).toEqual([
        0,
        true,
      ])
    }
    expect(lanes.length).toBeGreaterThan(0)
  })

  it('is measured against whole rows: how many stand alone by six answers is told of these very data', () => {
    const opening = openingOf(leaningRound(new SeededRandom(8), 0.6))
    const random = new SeededRandom(9)
    const alone = opening.singledOut((bound) => random.below(bound))
    expect(alone.iit).toBeGreaterThan(5)
    expect(alone.iit).toBeLessThanOrEqual(100)
    // all alike: nobody stands alone
    const [first] = leaningRound(new SeededRandom(8), 0).responses
    if (!first) throw new Error('no response')
    const { manifest } = leaningRound(new SeededRandom(8), 0)
    const same = openingOf({ manifest, responses: Array.from({ length: 50 }, () => first) })
    expect(same.singledOut((bound) => random.below(bound))[first.lane]).toBe(0)
  })
})

describe('k counts people', () => {
  const sizes = { u1: 40, u2: 30, u3: 16, u4: 15 }
  const units = Object.entries(sizes).map(([id, n]) => ({ id, name: id, eligible: n + 20 }))
  const manifest = { ...leaningRound(new SeededRandom(31), 0).manifest, units } as Manifest
  const random = new SeededRandom(32)
  const staff = Object.entries(sizes).flatMap(([unit, n]) =>
    Array.from(
      { length: n },
      (): Response => ({
        lane: 'iit',
        answers: randomAnswers('iit-2566', random),
        coarse: { unit },
      }),
    ),
  )
  const printing = { lane: 'iit', kind: 'spare', printed: 10, unit: '' } as const
  const unitsShown = (facts = factsOf([]), some: readonly Response[] = staff) => {
    const opening = new Opening({ manifest }, facts)
    opening.add(some.map(counted))
    const { breakdowns } = opening.release(undefined, ALL_BREAKDOWNS)
    return breakdowns.flatMap(({ by, rows }) => (by === 'unit' ? rows : []))
  }

  it('beyond the spare slips that were exchanged: those may all be in one hand', () => {
    const before = unitsShown()
    const after = unitsShown(factsOf([{ ...printing, exchanged: 10 }]))
    expect(before.map(({ id }) => id)).toEqual(['u1', 'u2', 'u3', 'u4'])
    expect(after.map(({ id }) => id)).toEqual(['u1', 'u2'])
  })

  it('also for a part as a whole: one person and ten spare slips are not eleven people', () => {
    const opening = new Opening({ manifest }, factsOf([{ ...printing, exchanged: 10 }]))
    opening.add(staff.slice(0, 11).map(counted))
    expect(opening.release().withheld).toMatchObject([{ lane: 'iit', why: 'few' }])
  })

  it('and hides a unit with more responses than people', () => {
    const [largest] = [...unitsShown()].sort((a, b) => b.n - a.n)
    const own = staff.filter(({ coarse }) => coarse?.unit === largest?.id)
    const [one] = own
    const eligible = manifest.units?.find(({ id }) => id === largest?.id)?.eligible ?? 0
    if (!one || !eligible) throw new Error('no unit shown')
    const stuffed = [...staff, ...Array.from({ length: eligible + 1 - own.length }, () => one)]
    expect(unitsShown(factsOf([]), stuffed).some(({ id }) => id === largest?.id)).toBe(false)
  })
})

function responsesOf(lane: PackedLane): Response[] {
  return Array.from({ length: packedCount(lane) }, (_, row) => unpack(lane, row))
}
