import { describe, expect, it } from 'vitest'
import { findingsMapOf } from '#instruments/findings-map'
import { gapsOf } from '#measures/coverage'
import { fiscalYearDays, measuresYear } from '#measures/fiscal-year'
import { issuesOf } from '#measures/issues'
import { analysisId, planOf } from '#measures/plan'
import type { Analysis, Measure } from '#protocol/measures'
import { findingsOf } from '#results/findings'
import { type PlannedRow, sourceRows } from '#tests/support/document-input.ts'
import { FORMS, TEST_YEAR } from '#tests/support/forms.ts'
import { publishedRelease } from '#tests/support/published-release.ts'

const release = publishedRelease()
const findings = findingsOf(release, FORMS, findingsMapOf(TEST_YEAR))

function gaps(rows: readonly PlannedRow[]) {
  const plan = planOf(rows)
  return gapsOf(issuesOf(findings, plan), plan, release.fiscalYear)
}

/** The source's plan with one measure, or the analysis of one issue, changed. */
function changed(id: string, fields: Partial<Measure> | Partial<Analysis>): PlannedRow[] {
  return sourceRows({ signatory: 'อธิบดี' }).map((row) =>
    row.id === id ? { ...row, content: { ...row.content, ...fields } as PlannedRow['content'] } : row,
  )
}

const of = (rows: readonly PlannedRow[], gap: string) => gaps(rows).filter((one) => one.gap === gap)

describe('what keeps a plan from being published', () => {
  it('finds in the source’s own plan what cost it its points: weak items passed over, no monitoring, one period, no disclosure', () => {
    const found = gaps(sourceRows({ signatory: 'อธิบดี' }))
    const count = (gap: string) => found.filter((one) => one.gap === gap).length
    expect(count('measure-without-monitoring')).toBe(11)
    expect(count('periods-all-alike')).toBe(1)
    expect(found).toContainEqual({ gap: 'issue-without-measure', issue: 'disclosure' })
    const unanswered = found.filter(({ gap }) => gap === 'item-unanswered').map(({ about }) => about)
    // named by its own analysis and answered by none of its measures
    expect(unanswered).toEqual(expect.arrayContaining(['I29', 'E10', 'E14', 'O39', 'O42', 'O43']))
    expect(unanswered).not.toContain('I8')
  })

  it('a period that is missing, ends before it begins, or lies in another fiscal year is told, each by its name', () => {
    const id = 'm-property-0'
    expect(of(changed(id, { from: '' }), 'measure-without-period')).toHaveLength(1)
    expect(of(changed(id, { from: '2024-05-01', to: '2024-04-01' }), 'period-backwards')).toHaveLength(1)
    expect(of(changed(id, { to: '2024-10-01' }), 'period-outside-year')).toHaveLength(1)
    expect(of(changed(id, { from: '2023-10-01', to: '2024-09-30' }), 'period-outside-year')).toEqual([])
    expect(fiscalYearDays(measuresYear(2566))).toEqual({ from: '2023-10-01', to: '2024-09-30' })
  })

  it('units of one name, another year in a text, and digits of two kinds are told', () => {
    const twice = { units: ['กองคลัง', ' กองคลัง '] }
    expect(of(changed('m-property-0', twice), 'unit-twice')).toEqual([
      { gap: 'unit-twice', issue: 'property', measure: 'm-property-0', about: 'กองคลัง' },
    ])
    const about = (text: string) => of(changed('m-property-0', { text }), 'other-year').map((gap) => gap.about)
    expect([about('ตามแผนปี 2023'), about('ตามแผนปี 2021'), about('ปี ๒๕๖๐'), about('โทร 0 2560 1234')]).toEqual([
      [],
      ['2564'],
      ['2560'],
      [],
    ])
    expect(of(changed('m-property-0', { text: 'ปี ๒๕๖๗ และ 2567' }), 'digits-mixed')).toHaveLength(1)
    expect(of(sourceRows({ signatory: 'อธิบดี' }), 'digits-mixed')).toEqual([])
  })

  it('a weak item that was waived with a reason, or answered elsewhere, is no gap; a changed figure is one', () => {
    const waived = { waived: [{ item: 'I21', reason: 'ทำเสร็จแล้วในปีก่อน' }] }
    const unanswered = (rows: readonly PlannedRow[]) => of(rows, 'item-unanswered').map(({ about }) => about)
    expect(unanswered(sourceRows())).toContain('I21')
    expect(unanswered(changed(analysisId('property'), waived))).not.toContain('I21')
    expect(unanswered(changed('m-communication-0', { items: ['I21'] }))).not.toContain('I21')
    expect(of(changed(analysisId('property'), { figures: 'I19=1.00' }), 'figures-changed')).toContainEqual({
      gap: 'figures-changed',
      issue: 'property',
    })
    expect(of(changed(analysisId('property'), { text: null }), 'figures-changed')).not.toContainEqual({
      gap: 'figures-changed',
      issue: 'property',
    })
  })

  it('nobody who signs is told, and so is a plan of nothing', () => {
    expect(of(sourceRows(), 'no-signatory')).toHaveLength(1)
    const plan = planOf(sourceRows({ signatory: 'อธิบดี' }).slice(-1))
    expect(gapsOf([], plan, 2566)).toEqual([{ gap: 'nothing-planned' }])
  })
})
