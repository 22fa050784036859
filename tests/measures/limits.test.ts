import { expect, it } from 'vitest'
import words from '#locales/th/documents.json' with { type: 'json' }
import { limitsOf, turnedAwayAt } from '#measures/limits'
import { FORMS } from '#tests/support/forms.ts'
import { PUBLISHED_MANIFEST, publishedRelease } from '#tests/support/published-release.ts'

const release = publishedRelease()
const limits = (turnedAway: ReturnType<typeof turnedAwayAt>, of = release) =>
  limitsOf(of, { lanes: PUBLISHED_MANIFEST.lanes, turnedAway }, FORMS, words.limits).eit.join('\n')

it('visitors who need not answer are told by lane with their share of all who were asked, as tablets counted them', () => {
  const away = turnedAwayAt([
    { lane: 'eit-survey', turnedAway: 5 },
    { lane: 'eit-public', turnedAway: 40 },
    { lane: 'eit-public', turnedAway: 60 },
  ])
  expect(away).toEqual({ 'eit-public': 100, 'eit-survey': 5 })
  // 100 of 404 + 100, 5 of 42 + 5
  expect(limits(away)).toContain(
    'อย่างน้อย 100 คน (ประมาณร้อยละ 20 ของผู้ที่ถูกถาม) แจ้งว่าไม่เคยใช้บริการในรอบ 1 ปี จึงไม่ได้ตอบแบบวัด EIT ส่วนที่ 1',
  )
  expect(limits(away)).toContain('อย่างน้อย 5 คน (ประมาณร้อยละ 11 ของผู้ที่ถูกถาม)')
})

it('nothing is said of nobody, nor of a part that may not be shown', () => {
  expect(limits({})).not.toContain('ไม่เคยใช้บริการ')
  const { eit } = release.instruments
  const without = {
    ...release,
    instruments: { ...release.instruments, ...(eit ? { eit: { ...eit, parts: { survey: eit.parts.survey } } } : {}) },
    withheld: [{ lane: 'eit-public', why: 'few' }],
  } as typeof release
  expect(limits({ 'eit-public': 100 }, without)).not.toContain('ไม่เคยใช้บริการ')
})
