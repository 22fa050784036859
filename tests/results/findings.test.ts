import { describe, expect, it } from 'vitest'
import { findingsMapOf } from '#instruments/findings-map'
import words from '#locales/th/findings.json' with { type: 'json' }
import eitWords from '#locales/th/instruments/eit-2566.json' with { type: 'json' }
import iitWords from '#locales/th/instruments/iit-2566.json' with { type: 'json' }
import oitWords from '#locales/th/instruments/oit-2566.json' with { type: 'json' }
import { baselineOfRelease } from '#results/baseline'
import { findingsOf } from '#results/findings'
import { draftOf, undisclosedDraft } from '#results/findings-draft'
import { FORMS, TEST_YEAR } from '#tests/support/forms.ts'
import { publishedRelease } from '#tests/support/published-release.ts'

const map = findingsMapOf(TEST_YEAR)
const release = publishedRelease()
const texts: Record<string, { text: string }> = { ...iitWords.item, ...eitWords.item, ...oitWords.item }
const facts = { agency: 'กรมฯ', map, textOf: (id: string) => texts[id]?.text ?? '' }

describe('findings of a released scorecard', () => {
  /** What the source document of that year names, issue by issue. */
  const SOURCE = {
    process: ['I1', 'I2', 'E1', 'E2'],
    service: ['I1', 'I2', 'E5'],
    communication: ['E6', 'E7'],
    property: ['I19', 'I20'],
    budget: ['I7', 'I8'],
    power: ['I15', 'I18'],
    'anti-corruption': ['I26', 'I29', 'E10', 'E15'],
  }
  /** Where two lowest of each instrument are others, because the source left lower ones out. */
  const LOWER_THAN_THE_SOURCE: Readonly<Record<string, readonly string[]>> = {
    // E3 83.85 is below E2 84.60
    process: ['I1', 'I2', 'E1', 'E3'],
    // E14 65.80, the lowest item of EIT, and E12 75.92 are below E5 82.20
    service: ['I1', 'I2', 'E14', 'E12'],
    // I27 70.78 is below I29 71.94
    'anti-corruption': ['I26', 'I27', 'E15', 'E10'],
  }

  it('name the two lowest items of each instrument: those of the source, but where the source left lower ones out', () => {
    const { issues, target } = findingsOf(release, FORMS, map)
    expect(target).toBe(85)
    for (const { issue, named } of issues) {
      const source = SOURCE[issue as keyof typeof SOURCE]
      const wanted = LOWER_THAN_THE_SOURCE[issue] ?? source
      expect([issue, named.map(({ id }) => id).sort()]).toEqual([issue, [...wanted].sort()])
    }
    expect(issues.map(({ issue }) => issue)).toEqual(Object.keys(SOURCE))
  })

  it('leave no item below the target out: 19 of IIT and 12 of EIT, where the source names 10 and 7', () => {
    const { issues, undisclosed } = findingsOf(release, FORMS, map)
    const all = new Set(issues.flatMap(({ named, others }) => [...named, ...others].map(({ id }) => id)))
    const of = (letter: string) => [...all].filter((id) => id.startsWith(letter)).length
    expect([of('I'), of('E')]).toEqual([19, 12])
    // and the three of OIT that the source does not name at all
    expect(undisclosed).toEqual(['O39', 'O42', 'O43'])
    const everyItem = [...(FORMS.lanes.iit?.items ?? []), ...(FORMS.lanes['eit-public']?.items ?? [])].map(
      ({ id }) => id,
    )
    const mapped = new Set(map?.issues.flatMap(({ items }) => items))
    expect(everyItem.filter((id) => !mapped.has(id) || !map?.weak[id])).toEqual([])
  })

  it('say what was published: EIT is the mean of both parts, and changes are against the chosen year', () => {
    const own = baselineOfRelease(release, 'เดิม')
    const before = { ...own, items: { ...own.items, iit: { ...own.items.iit, I8: 50 } } }
    const { issues } = findingsOf(release, FORMS, map, before)
    const all = issues.flatMap(({ named }) => named)
    expect(all.find(({ id }) => id === 'E14')).toMatchObject({ score: 65.8, change: 0 })
    expect(all.find(({ id }) => id === 'I8')).toMatchObject({ score: 53.52, change: 3.52 })
    const other = findingsOf(release, FORMS, map, { ...before, instruments: 'other' })
    expect(other.issues.flatMap(({ named }) => named.map(({ change }) => change)).every((one) => one === null)).toBe(
      true,
    )
  })

  it('hold nothing that was withheld, and work with one part of EIT, with none, and without a map', () => {
    const { eit, ...without } = release.instruments
    const none = findingsOf({ ...release, instruments: without }, FORMS, map)
    expect(none.issues.flatMap(({ named, others }) => [...named, ...others]).some(({ id }) => id.startsWith('E'))).toBe(
      false,
    )
    expect(none.issues.find(({ issue }) => issue === 'communication')).toMatchObject({
      named: [],
      hidden: ['E6', 'E7', 'E8', 'E9'],
    })
    const survey = eit?.parts.survey
    if (!eit || !survey) throw new Error('no survey')
    const one = findingsOf(
      { ...release, instruments: { ...release.instruments, eit: { ...eit, parts: { survey } } } },
      FORMS,
      map,
    )
    const e14 = one.issues.flatMap(({ named }) => named).find(({ id }) => id === 'E14')
    expect(e14?.score).toBe(survey.items.E14?.score)
    const bare = findingsOf(release, FORMS, null)
    expect(bare.issues.map(({ issue }) => issue)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
  })
})

describe('the draft of a finding', () => {
  const draft = (issue: string) => {
    const found = findingsOf(release, FORMS, map).issues.find((one) => one.issue === issue)
    return found ? draftOf(found, facts, words) : ''
  }

  it('says in the official frame what is there, what respondents said, which items and which of OIT', () => {
    expect(draft('budget')).toBe(
      `กรมฯ ได้ดำเนินการและเผยแพร่ข้อมูลเรื่อง${oitWords.item.O11.text}แล้ว แต่ผลการประเมิน ITA พบว่า บุคลากรบางส่วนอาจยังไม่ทราบข้อมูลเกี่ยวกับงบประมาณของหน่วยงานหรือของส่วนงานที่ปฏิบัติหน้าที่ และบุคลากรยังไม่ได้เข้าไปมีส่วนร่วมในกระบวนการงบประมาณ (ข้อที่ได้คะแนนน้อย คือ I7, I8 โดยนำมาเชื่อมโยงกับ O11)`,
    )
    expect(draft('process')).toContain('(ข้อที่ได้คะแนนน้อย คือ I1, I2 และ E1, E3 โดยนำมาเชื่อมโยงกับ O11, O12, O13 และ O14)')
    expect(draft('power')).toContain('บุคลากรมีความเห็นว่าการคัดเลือกผู้เข้ารับการฝึกอบรม')
    expect(draft('service')).toContain('เรื่อง E-Service และการเปิดโอกาส')
    expect(draft('property')).toMatch(/^ผลการประเมิน ITA พบว่า .*\(ข้อที่ได้คะแนนน้อย คือ I19, I20\)$/)
  })

  it('is empty where nothing is below the target, and quotes an item that nobody wrote a phrase for', () => {
    const found = findingsOf(release, FORMS, null).issues[0]
    if (!found) throw new Error('no finding')
    expect(draftOf({ ...found, named: [] }, facts, words)).toBe('')
    expect(draftOf(found, { ...facts, map: null }, words)).toContain(`เรื่อง “${iitWords.item.I1.text}” ยังได้คะแนนน้อย`)
    expect(undisclosedDraft(['O39', 'O42'], facts, words)).toContain(`O42 ${oitWords.item.O42.text}`)
    expect(undisclosedDraft([], facts, words)).toBe('')
  })
})
