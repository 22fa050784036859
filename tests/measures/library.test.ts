import { describe, expect, it } from 'vitest'
import { findingsMapOf } from '#instruments/findings-map'
import { measureLibraryOf } from '#instruments/measure-library'
import { DISCLOSURE, newMeasure, newStep } from '#measures/plan'
import { ROW_CONTENT } from '#protocol/measures'
import { isDescribed } from '#protocol/shapes'
import { TEST_YEAR } from '#tests/support/forms.ts'

const library = measureLibraryOf(TEST_YEAR)
const issues = findingsMapOf(TEST_YEAR)?.issues ?? []
const items = new Set(issues.flatMap((issue) => issue.items))

describe('the library of measures', () => {
  it('has something to begin from for every item of the year, and for what is not disclosed', () => {
    const answered = new Set(library.measures.flatMap((one) => one.items))
    expect([...items].filter((item) => !answered.has(item))).toEqual([])
    expect(library.measures.some(({ issue }) => issue === DISCLOSURE)).toBe(true)
  })

  it('names only issues and items that there are, an origin in words, and no measure twice', () => {
    const known = new Set([...issues.map(({ id }) => id), DISCLOSURE])
    const strange = library.measures.filter(
      ({ issue, origin, items: of }) =>
        !known.has(issue) || !library.origins[origin] || of.some((item) => !items.has(item)),
    )
    expect(strange).toEqual([])
    expect(new Set(library.measures.map(({ id }) => id)).size).toBe(library.measures.length)
  })

  it('fits into rows as it is: nothing invisible, nothing too long, steps and proof everywhere', () => {
    for (const { issue, text, steps, monitoring, proof, success, items: answers } of library.measures) {
      const days = { from: '2023-10-01', to: '2024-09-30' }
      const row = { ...newMeasure(issue, 1, days), text, monitoring, proof, success, items: answers }
      expect(isDescribed(ROW_CONTENT, row), text).toBe(true)
      expect(steps.every((step) => isDescribed(ROW_CONTENT, newStep('m', 1, step)))).toBe(true)
      expect([steps.length > 0, proof !== '', monitoring !== '']).toEqual([true, true, true])
    }
  })
})
