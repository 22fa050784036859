import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { type Group, shownGroups } from '#results/disclosure'

const shown = (k: number, ...sizes: number[]) => {
  const groups = sizes.map((n, index) => ({ id: String.fromCharCode(65 + index), n }))
  return [...shownGroups(groups, k)].sort().join('')
}

/** What everybody sees of a breakdown. */
interface Published {
  readonly total: number
  readonly shown: ReadonlyMap<string, number>
  readonly hidden: readonly { readonly id: string; readonly eligible: number }[]
}

function publish(groups: readonly Required<Omit<Group, 'alike'>>[], k: number): Published {
  const ids = shownGroups(groups, k)
  return {
    total: groups.reduce((sum, { n }) => sum + n, 0),
    shown: new Map(groups.filter(({ id }) => ids.has(id)).map(({ id, n }) => [id, n])),
    hidden: groups.filter(({ id }) => !ids.has(id)).map(({ id, eligible }) => ({ id, eligible })),
  }
}

const MOST_GUESSES = 20_000

/** Every way so many responses can be spread over these groups. */
function* spreads(hidden: Published['hidden'], left: number): Generator<Required<Omit<Group, 'alike'>>[]> {
  const [first, ...others] = hidden
  if (!first) {
    if (left === 0) yield []
    return
  }
  const roomElsewhere = others.reduce((sum, { eligible }) => sum + eligible, 0)
  for (let n = Math.max(0, left - roomElsewhere); n <= Math.min(left, first.eligible); n += 1) {
    for (const rest of spreads(others, left - n)) yield [{ ...first, n }, ...rest]
  }
}

type CouldBe = ReadonlyMap<string, ReadonlySet<number>>

/**
 * Two attackers try every way the hidden responses could be spread over the hidden groups. One has the tables and the
 * numbers of people; the other knows the program too, and keeps only what it would have published exactly like this. What
 * each hidden group could be to them; null when there are more ways than can be tried.
 */
function attack(published: Published, k: number): { byTables: CouldBe; byProgram: CouldBe } | null {
  const visible = [...published.shown].map(([id, n]) => ({ id, n, eligible: Number.POSITIVE_INFINITY }))
  const left = published.total - visible.reduce((sum, { n }) => sum + n, 0)
  const nobody = () => new Map(published.hidden.map(({ id }) => [id, new Set<number>()]))
  const [byTables, byProgram] = [nobody(), nobody()]
  let guesses = 0
  for (const guess of spreads(published.hidden, left)) {
    guesses += 1
    if (guesses > MOST_GUESSES) return null
    const ids = shownGroups([...guess, ...visible], k)
    const looksAlike = ids.size === visible.length && visible.every(({ id }) => ids.has(id))
    for (const { id, n } of guess) {
      byTables.get(id)?.add(n)
      if (looksAlike) byProgram.get(id)?.add(n)
    }
  }
  return { byTables, byProgram }
}

/** A round of a department: units of 1…40 people, of whom some answered. */
function randomUnits(random: SeededRandom, units: number): Required<Omit<Group, 'alike'>>[] {
  const share = random.fraction()
  return Array.from({ length: units }, (_, index) => {
    const eligible = 1 + Math.floor(random.fraction() * 40)
    const n = Array.from({ length: eligible }, () => random.fraction()).filter((one) => one < share).length
    return { id: `unit ${index}`, eligible, n }
  })
}

/** Attacks one round; answers how many numbers the attacker who knows the program has left, null when there was nothing to attack. */
function attackRound(units: readonly Required<Omit<Group, 'alike'>>[], k: number): number | null {
  const published = publish(units, k)
  if (published.shown.size === 0 || published.hidden.length === 0) return null
  const could = attack(published, k)
  if (!could) return null
  // as many numbers as a group of fewer than k could have, or as its people allow
  const worst = published.hidden.map(
    ({ id, eligible }) => (could.byTables.get(id)?.size ?? 0) / Math.min(k, eligible + 1),
  )
  expect({ units, enough: Math.min(...worst) >= 1 }).toEqual({ units, enough: true })
  const together = units.filter(({ id }) => !published.shown.has(id)).reduce((sum, { n }) => sum + n, 0)
  expect(together).toBeGreaterThanOrEqual(k)
  const large = published.hidden.filter(({ eligible }) => eligible >= k)
  return Math.min(...large.map(({ id }) => could.byProgram.get(id)?.size ?? 0))
}

describe('groups of a breakdown', () => {
  it('below k are hidden, and as many more as it takes that none can be worked out by subtracting', () => {
    expect(shown(10, 40, 30, 20)).toBe('ABC')
    // one hidden group is the total minus the others
    expect(shown(10, 40, 30, 3)).toBe('A')
    // two hidden ones with fewer than k together are a group that must not be shown either
    expect(shown(10, 40, 30, 3, 2)).toBe('A')
    // together k, each of them 0…11: nobody knows which
    expect(shown(10, 40, 30, 6, 5)).toBe('AB')
    // everyone but one
    expect(shown(10, 39, 1)).toBe('')
    expect(shown(10, 9)).toBe('')
    expect(shown(10, 0, 0, 25)).toBe('')
    expect(shown(10)).toBe('')
    expect(() => shown(0, 1)).toThrow(RangeError)
  })

  it('stay hidden where the number of their people would give them away', () => {
    const groups = [
      { id: 'A', n: 60, eligible: 60 },
      { id: 'B', n: 38, eligible: 40 },
      { id: 'C', n: 3, eligible: 3 },
    ]
    // B and C hidden: 41 responses of 43 people leave nothing to guess
    expect([...shownGroups(groups, 10)]).toEqual([])
  })

  it('too small ones together have k responses, to the last one, however few people each of them has', () => {
    const tiny = (sizes: readonly number[]) => sizes.map((n, at) => ({ id: `tiny ${at}`, n, eligible: 3 }))
    const large = [
      { id: 'large', n: 30, eligible: 60 },
      { id: 'larger', n: 40, eligible: 80 },
    ]
    expect([...shownGroups([...tiny([2, 2, 2, 2, 1]), ...large], 10)]).toEqual(['larger'])
    expect([...shownGroups([...tiny([2, 2, 2, 2, 2]), ...large], 10)].sort()).toEqual(['large', 'larger'])
  })

  it('are not derivable from the tables in 50 random rounds, and only half as widely known to somebody who knows the program', () => {
    const random = new SeededRandom(50)
    const k = 10
    let [attacked, rounds, narrowest] = [0, 0, Number.POSITIVE_INFINITY]
    while (attacked < 50) {
      rounds += 1
      const units = randomUnits(random, 3 + Math.floor(random.fraction() * 6))
      const left = attackRound(units, k)
      if (left === null) continue
      attacked += 1
      narrowest = Math.min(narrowest, left)
    }
    expect(narrowest).toBeGreaterThanOrEqual(k / 2)
    console.log(
      `${attacked} rounds with hidden units beside shown ones attacked exhaustively, of ${rounds}; knowing the program leaves ${narrowest} numbers at least`,
    )
  })
})
