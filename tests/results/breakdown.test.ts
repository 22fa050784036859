import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { Breakdown } from '#results/breakdown'
import { ScorecardBuilder } from '#results/scorecard'
import { formsOfLanes, questionnaire } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

describe('a breakdown', () => {
  const form = questionnaire('eit-2566')
  const alike = Object.fromEntries(form.items.map((item) => [item.id, item.options[0]?.code ?? 0]))
  const random = new SeededRandom(9)
  const filled = (sizes: Readonly<Record<string, number>>, answers = () => randomAnswers('eit-2566', random)) => {
    const breakdown = new Breakdown(
      form,
      ['a', 'b', 'c', 'd'].map((id) => ({ id })),
    )
    for (const [id, n] of Object.entries(sizes)) for (let one = 0; one < n; one += 1) breakdown.add(id, answers())
    return breakdown
  }

  it('shows no group that is too small, nor one by which a small one could be worked out, and no decimals below a hundred', () => {
    const { rows, hidden } = filled({ a: 120, b: 60, c: 3 }).finish(5)
    // c alone would be the total minus the others: b is hidden with it
    expect(rows).toEqual([{ id: 'a', n: 120, score: expect.any(Number) }])
    expect(hidden).toBe(2)
    expect(
      filled({ a: 60, b: 60 })
        .finish(5)
        .rows.map(({ score }) => Number.isInteger(score)),
    ).toEqual([true, true])
    // one response that names no group is left over, and so is a group
    expect(
      filled({ a: 60, b: 60, elsewhere: 1 })
        .finish(5)
        .rows.map(({ id }) => id),
    ).toEqual([])
  })

  it('hides a large group, too, where people are so few that two small ones are known from what is left', () => {
    const shownOf = (known: readonly { readonly id: string; readonly eligible?: number }[]) => {
      const breakdown = new Breakdown(form, known)
      for (const [id, n] of [
        ['a', 8],
        ['b', 8],
        ['c', 30],
      ] as const)
        for (let one = 0; one < n; one += 1) breakdown.add(id, randomAnswers('eit-2566', random))
      return breakdown.finish(10).rows.map(({ id }) => id)
    }
    // 16 are left of two units; of nine people each, seven at least answered in either
    expect(
      shownOf([
        { id: 'a', eligible: 9 },
        { id: 'b', eligible: 9 },
        { id: 'c', eligible: 40 },
      ]),
    ).toEqual([])
    expect(shownOf([{ id: 'a' }, { id: 'b' }, { id: 'c' }])).toEqual(['c'])
  })

  it('of what visitors came for is made for both counted parts, and trusts no word that a stranger sealed', () => {
    const builder = new ScorecardBuilder(formsOfLanes('eit-public', 'eit-open'))
    const add = (lane: 'eit-public' | 'eit-open', contact: string, n: number) => {
      for (let one = 0; one < n; one += 1)
        builder.add({ lane, answers: randomAnswers('eit-2566', random), coarse: { contact } })
    }
    add('eit-public', 'service', 30)
    add('eit-public', 'advice', 20)
    add('eit-open', 'service', 50)
    expect(builder.breakdowns(() => 5)).toMatchObject([
      { lane: 'eit-public', n: 50, rows: [{ id: 'service' }, { id: 'advice' }] },
    ])
    add('eit-public', '__proto__', 2)
    expect(builder.breakdowns(() => 5)).toMatchObject([{ n: 52, rows: [{ id: 'service', n: 30 }], hidden: 1 }])
  })

  it('shows no group that answered alike, and no others by which it could be worked out', () => {
    const mixed = () => randomAnswers('eit-2566', random)
    const breakdown = (parts: readonly (readonly [id: string, n: number, answers: () => Record<string, number>])[]) => {
      const made = new Breakdown(
        form,
        ['a', 'b', 'c', 'd'].map((id) => ({ id })),
      )
      for (const [id, n, answers] of parts) for (let one = 0; one < n; one += 1) made.add(id, answers())
      return made.finish(5)
    }
    expect(filled({ a: 20, b: 20 }, () => alike).finish(5).rows).toEqual([])
    // six alike beside 120 others: the part's mean and the other group's would give theirs by one subtraction
    expect(
      breakdown([
        ['a', 120, mixed],
        ['b', 6, () => alike],
      ]),
    ).toEqual({ rows: [], hidden: 2 })
    // with a third group hidden beside it nothing can be subtracted
    const three = breakdown([
      ['a', 120, mixed],
      ['b', 6, () => alike],
      ['c', 30, mixed],
    ])
    expect(three).toMatchObject({ rows: [{ id: 'a' }], hidden: 2 })
    // two too small ones that agree are one set of answers, too
    const pair = breakdown([
      ['a', 120, mixed],
      ['b', 3, () => alike],
      ['c', 4, () => alike],
      ['d', 40, mixed],
    ])
    expect(pair).toMatchObject({ rows: [{ id: 'a' }], hidden: 3 })
  })
})
