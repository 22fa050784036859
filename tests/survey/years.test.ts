import { describe, expect, it, onTestFinished } from 'vitest'
import { yearForms } from '#cli/installation/make-campaign'
import { openStores } from '#collector/installation/data-folder'
import { allYears, newestYear, yearOf } from '#instruments/years'
import { roundFormsOf } from '#results/round-forms'
import { ScorecardBuilder } from '#results/scorecard'
import { type InstrumentScores, levelOf } from '#survey/level'
import { ratio } from '#survey/ratio'
import type { Year } from '#survey/year'
import { tempFolder } from '#tests/support/temp-folder.ts'

function yearNamed(id: string): Year {
  const year = yearOf(id)
  if (!year) throw new Error(id)
  return year
}

describe('years', () => {
  it('have questionnaires of their own sizes, and topics whose numbers move', () => {
    const sizes = allYears().map(({ id, lanes, oit }) => [
      id,
      lanes.iit?.items.length,
      lanes['eit-public']?.items.length,
      oit.items.length,
    ])
    expect(sizes).toEqual([
      ['2566', 30, 15, 43],
      ['2567', 15, 9, 35],
    ])
    expect(allYears().map(({ oit }) => [oit.topics.measures, oit.topics['measures-report']])).toEqual([
      [['O42'], ['O43']],
      [['O34'], ['O35']],
    ])
  })

  it('that are outlines only begin no round, and are not the newest', async () => {
    expect(yearNamed('2567').status).toBe('outline')
    const here = await openStores(tempFolder())
    onTestFinished(() => here.end())
    expect(await yearForms('2567', here)).toBeNull()
    expect(await yearForms('2599', here)).toBeNull()
    expect(newestYear().id).toBe('2566')
    expect((await yearForms('2566', here))?.lanes.iit?.id).toBe('iit-2566')
  })

  it('of 2567 word each item with options of its own, six steps beside yes and no, and neighbours the other way round', () => {
    const { items } = yearNamed('2567').lanes.iit ?? { items: [] }
    const scores = (id: string) => items.find((item) => item.id === id)?.options.map(({ score }) => score)
    expect(scores('I10')).toEqual([0, 20, 40, 60, 80, 100])
    expect(scores('I11')).toEqual([100, 80, 60, 40, 20, 0])
    expect(scores('I3')).toEqual([0, 100])
    expect(new Set(items.map(({ scale }) => scale)).size).toBe(15)
  })
})

describe('the scores of 2567', () => {
  const forms = roundFormsOf('2567')
  if (!forms) throw new Error('no 2567')
  /** Every item answered by the option at a place; yes/no items by their own. */
  const answers = (lane: 'iit' | 'eit-public', place: number, yesNo: number) =>
    Object.fromEntries(
      (forms.lanes[lane]?.items ?? []).map(({ id, options }) => [
        id,
        options[options.length === 2 ? yesNo : place]?.code ?? Number.NaN,
      ]),
    )

  it('are what the rules give by hand, both parts of EIT counted half and half', () => {
    const builder = new ScorecardBuilder(forms)
    // the third step from the bad end is 40 or, turned round, 60; "มี" is 0
    builder.add({ lane: 'iit', answers: answers('iit', 2, 0) })
    builder.add({ lane: 'iit', answers: answers('iit', 2, 0) })
    // the fifth step is 80; never asked for a bribe 100, never used the e-service 0
    builder.add({ lane: 'eit-public', answers: answers('eit-public', 4, 0) })
    builder.add({ lane: 'eit-survey', answers: answers('eit-public', 0, 1) })
    const oit = Object.fromEntries(forms.oit.items.map(({ id }, at) => [id, at < 28 ? 100 : 0] as const))
    const { instruments, total, level } = builder.finish(oit)
    // I1 I2 I3: (40+40+0)/3 · I4 I5 I6: (40+60+60)/3 · I7 I8 I9: (60+60+0)/3 · I10 I11 I12: (40+60+40)/3 · I13–I15: 40
    expect(instruments.iit?.indicators).toEqual({ 1: 26.67, 2: 53.33, 3: 40, 4: 46.67, 5: 40 })
    expect(instruments.iit?.score).toBe(41.33)
    // Public: E1 E2 E3 (80+80+100)/3 · 80 · (80+80+0)/3; Survey: (0+0+0)/3 · 0 · (0+0+100)/3
    expect(instruments.eit?.parts.public?.indicators).toEqual({ 6: 86.67, 7: 80, 8: 53.33 })
    expect(instruments.eit?.parts.survey?.indicators).toEqual({ 6: 0, 7: 0, 8: 33.33 })
    expect(instruments.eit?.indicators).toEqual({ 6: 43.33, 7: 40, 8: 43.33 })
    expect(instruments.eit?.score).toBe(42.22)
    expect(instruments.oit?.score).toBe(80)
    // 0.3 × 41.333… + 0.3 × 42.222… + 0.4 × 80
    expect([total, level]).toEqual([57.07, 'improve-urgently'])
  })

  it('reach a level at its bound as shown, and only where every instrument does', () => {
    const { weights, levels } = forms.year
    const level = (total: number, lowest = total) => {
      // iit is the lowest; the others make up the total
      const others = (total * 1000 - lowest * 300) / 700
      const exact = (value: number) => ratio(Math.round(value * 1_000_000), 1_000_000)
      const scores: InstrumentScores = { iit: exact(lowest), eit: exact(others), oit: exact(others) }
      return levelOf(scores, weights, levels).level
    }
    expect([level(84.994), level(84.995), level(85)]).toEqual(['improve', 'good', 'good'])
    expect([level(94.994), level(94.995), level(95)]).toEqual(['good', 'excellent', 'excellent'])
    expect([level(85, 84.99), level(85, 84.995)]).toEqual(['pass', 'good'])
    expect([level(95, 94.99), level(95, 94.995)]).toEqual(['good', 'excellent'])
    expect([level(70), level(69.99)]).toEqual(['improve', 'improve-urgently'])
  })
})
