import { describe, expect, it } from 'vitest'
import { nextUp } from '#measures/next-up'
import { newMeasure, newStep, planOf } from '#measures/plan'
import type { Measure, Publication, Step } from '#protocol/measures'

const row = (id: string, content: Measure | Step | Publication) => ({ id, removed: false, content })

/** A plan for the fiscal year 2567 with measures of these days. */
function planWith(measures: Readonly<Record<string, readonly [from: string, to: string, state?: Step['state']]>>) {
  return planOf(
    Object.entries(measures).flatMap(([id, [from, to, state = 'not-begun']]) => [
      row(id, { ...newMeasure('budget', 1, { from, to }), text: id }),
      row(`${id}-s`, { ...newStep(id, 1, 'x'), state }),
    ]),
  )
}

const said = (plan: ReturnType<typeof planOf>, today: string) =>
  nextUp(plan, 2566, today).map((one) =>
    one.what === 'plan' ? 'plan' : `${one.what} ${'measure' in one ? one.measure.id : one.document}`,
  )

describe('what a team should do next', () => {
  it('a result without measures asks for a plan', () => {
    expect(said(planOf([]), '2023-11-01')).toEqual(['plan'])
  })

  it('what is overdue comes first, then documents that are due, what ends soon, and what should have begun', () => {
    const plan = planWith({
      late: ['2023-10-01', '2024-01-31'],
      done: ['2023-10-01', '2024-01-31', 'done'],
      soon: ['2023-10-01', '2024-03-01', 'under-way'],
      asleep: ['2023-10-01', '2024-09-30'],
      going: ['2023-10-01', '2024-09-30', 'under-way'],
      later: ['2024-06-01', '2024-09-30'],
    })
    expect(said(plan, '2024-02-10')).toEqual(['overdue late', 'publish measures', 'soon soon', 'begin asleep'])
  })

  it('the measures are due with the year, reports after six and twelve months, until they were published', () => {
    const plan = planWith({ going: ['2023-10-01', '2024-09-30', 'under-way'] })
    const due = (today: string) => said(plan, today).filter((one) => one.startsWith('publish'))
    expect([due('2023-09-30'), due('2024-03-31'), due('2024-04-01'), due('2024-10-01')]).toEqual([
      [],
      ['publish measures'],
      ['publish measures', 'publish report-half'],
      ['publish measures', 'publish report-half', 'publish report'],
    ])
    const publication: Publication = {
      ...{ kind: 'publication', document: 'measures', hash: 'a'.repeat(64), name: 'o42.pdf' },
      ...{ address: '', on: '2023-12-01', checked: '' },
    }
    expect(said({ ...plan, publications: [{ id: 'p', ...publication }] }, '2024-02-10')).toEqual([])
  })
})
