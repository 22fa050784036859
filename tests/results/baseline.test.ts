import { expect, it } from 'vitest'
import { PUBLISHED, type PublishedFigures } from '#instruments/published'
import { baselineOfFigures, isComparable, readBaseline } from '#results/baseline'
import { type FigureSource, figuresTemplate, readFigures } from '#results/baseline-csv'
import { FORMS } from '#tests/support/forms.ts'

const FROM: FigureSource = { fiscalYear: 2568, source: 'ประกาศผล ITA ปี 2568 หน้า 3' }
const [example] = PUBLISHED as readonly [PublishedFigures]

it('published figures give the department’s whole picture, OIT’s groups and EIT’s mean included', () => {
  const baseline = baselineOfFigures(example, 'ตัวอย่าง', FORMS)
  expect(baseline.scores).toEqual({
    ...{ iit: 80.1, 'eit-public': 79.26, 'eit-survey': 80.94, eit: 80.1, oit: 85, total: 82.06 },
  })
  expect(baseline.oitGroups['integrity-measures']).toBe(40)
  expect(readBaseline(JSON.stringify(baseline))).toEqual(baseline)
})

it('a baseline of an agency’s own year is read whatever its indicators are called', () => {
  const baseline = baselineOfFigures(example, 'ตัวอย่าง', FORMS)
  const own = { ...baseline, indicators: { ก: 80, ind_1: 70, '๑': 60 } }
  expect(readBaseline(JSON.stringify(own))).toEqual(own)
})

it('a baseline that was kept is read only when it is whole: no figure above 100, nothing else in it', () => {
  const baseline = baselineOfFigures(example, 'ตัวอย่าง', FORMS)
  for (const change of [
    { scores: { total: 100.01 } },
    { scores: { total: -1 } },
    { source: '' },
    { fiscalYear: 1 },
    { more: 1 },
    { items: { iit: { I1: '9' } } },
  ])
    expect(readBaseline(JSON.stringify({ ...baseline, ...change }))).toBeNull()
  for (const text of ['', 'null', '{', '[]']) expect(readBaseline(text)).toBeNull()
})

it('compares items only where the same was asked', () => {
  const asked = (id: string) => ({ asked: { id, hash: '' } })
  const baseline = baselineOfFigures(example, 'ตัวอย่าง', FORMS)
  expect([isComparable(baseline, asked('2566')), isComparable(baseline, asked('2567'))]).toEqual([true, false])
})

it('figures come from the template as a spreadsheet saves it, Thai digits and decimal commas included', () => {
  const template = figuresTemplate(FORMS)
  expect(template).toContain('\r\neit-public E1,\r\n')
  const filled = template
    .replace('\r\ntotal,', '\r\ntotal,๘๒.๐๖')
    .replace('\r\niit,', '\r\niit,"80,10"')
    .replace('\r\nindicator 1,', '\r\nindicator 1,91')
    .replace('\r\niit I1,', '\r\niit I1,81.18')
    .replace('\r\nO42,', '\r\nO42,0')
  expect(readFigures(filled, FROM, FORMS)).toMatchObject({
    ...{ fiscalYear: 2568, instruments: '2568', scores: { total: 82.06, iit: 80.1 } },
    ...{ indicators: { 1: 91 }, items: { iit: { I1: 81.18 } }, oitZeroItems: null },
  })
})

it('every fault of a table is named by its row, and nothing is taken over', () => {
  expect(readFigures('a,b\n1,2', FROM, FORMS)).toEqual([{ fault: 'no-columns' }])
  expect(readFigures('name,score\ntotal,\n', FROM, FORMS)).toEqual([{ fault: 'empty' }])
  expect(readFigures('name,score\ntotal,100.01\nI99,3\niit,80\niit,81\noit,=1+1\nO1,50', FROM, FORMS)).toEqual([
    { fault: 'score', row: 2, name: 'total' },
    { fault: 'unknown', row: 3, name: 'I99' },
    { fault: 'twice', row: 5, name: 'iit' },
    { fault: 'score', row: 6, name: 'oit' },
    { fault: 'score', row: 7, name: 'O1' },
  ])
})

it('a table is read as spreadsheets save it elsewhere: semicolons, tabs, decimal commas; rows are counted with the empty ones', () => {
  const scores = (text: string) => readFigures(text, FROM, FORMS)
  expect(scores('name;score\ntotal;82,06\n')).toMatchObject({ scores: { total: 82.06 } })
  expect(scores('name\tscore\ntotal\t82.06\n')).toMatchObject({ scores: { total: 82.06 } })
  expect(scores('name,score\ntotal,82,06\n')).toMatchObject({ scores: { total: 82.06 } })
  expect(scores('name,score\n\n\nbogus,1\n')).toEqual([{ fault: 'unknown', row: 4, name: 'bogus' }])
})

it('a name that every object has is no name of a score', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect(readFigures(`name,score\n${name},1`, FROM, FORMS)).toEqual([{ fault: 'unknown', row: 2, name }])
})

it('what was not published is not made up: no groups of OIT from a few items, no EIT from one part', () => {
  const imported = (text: string) => {
    const figures = readFigures(`name,score\n${text}`, FROM, FORMS)
    if (Array.isArray(figures)) throw new Error(JSON.stringify(figures))
    return baselineOfFigures(figures as PublishedFigures, 'x', FORMS)
  }
  expect(imported('total,80\nO1,0').oitGroups).toEqual({})
  expect(imported('eit-public,50').scores).toEqual({ 'eit-public': 50 })
  expect(imported('eit-public,50\neit-survey,60').scores.eit).toBe(55)
  expect(imported('eit,51\neit-public,50\neit-survey,60').scores.eit).toBe(51)
  const all = FORMS.oit.items.map(({ id }) => `${id},${id === 'O42' ? 0 : 100}`).join('\n')
  expect(imported(all).oitGroups['integrity-measures']).toBe(80)
})
