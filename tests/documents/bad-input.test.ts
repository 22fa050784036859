import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_KINDS, type DocumentInput } from '#documents/input'
import { makeDocument } from '#documents/make-document'
import { inDigits } from '#documents/model'
import { planCsv, planWorkbook } from '#documents/plan-workbook'
import { writeDocx } from '#documents/write-docx'
import { isAddress, type Measure, ROW_CONTENT, tidyProse } from '#protocol/measures'
import { isDescribed } from '#protocol/shapes'
import type { Release } from '#results/release'
import { documentInput, type PlannedRow, sourceRows } from '#tests/support/document-input.ts'
import { publishedRelease } from '#tests/support/published-release.ts'
import { readDocx } from '#tests/support/read-docx.ts'

const full = publishedRelease()

const { iit, eit, oit } = full.instruments

/** Rounds whose result is not whole. */
const INCOMPLETE: Readonly<Record<string, Partial<Release>>> = {
  'no visitors': { instruments: { iit, oit } as Release['instruments'] },
  'one part of EIT only': {
    instruments: { eit: { ...eit, parts: { survey: eit?.parts.survey } } } as Release['instruments'],
  },
  'everything withheld': { instruments: {}, withheld: [{ lane: 'iit', why: 'few' }] },
}

/** The source's plan with the text of one measure changed. */
function saying(fields: Partial<Measure>): PlannedRow[] {
  return sourceRows().map((row) =>
    row.id === 'm-property-0' ? { ...row, content: { ...row.content, ...fields } as PlannedRow['content'] } : row,
  )
}

const textsOf = async (input: DocumentInput) => {
  const files = await Promise.all(DOCUMENT_KINDS.map((kind) => writeDocx(makeDocument(kind, input))))
  return files.map((file) => readDocx(new Uint8Array(file)).text)
}

describe('documents of rounds that are not as they should be', () => {
  it.each(Object.entries(INCOMPLETE))('stay whole with %s', async (_, change) => {
    const release: Release = { ...full, total: null, level: null, ...change }
    for (const rows of [[], sourceRows()])
      for (const text of await textsOf(documentInput(rows, release))) expect(text).not.toMatch(/undefined|NaN|\{\{/)
  })

  it('a formula, markup, emoji and line breaks are text in a document, and text in a table', async () => {
    const text = '=HYPERLINK("http://evil.example","x") <b>&amp; 🙂\nบรรทัดสอง'
    const input = documentInput(saying({ text }))
    const [measures = ''] = await textsOf(input)
    expect(measures).toContain('=HYPERLINK("http://evil.example","x") <b>&amp; 🙂')
    expect(planCsv(input)).toContain('\'=HYPERLINK(""http')
    const sheet = unzipSync(new Uint8Array(await (await planWorkbook(input)).arrayBuffer()))
    const xml = strFromU8(sheet['xl/worksheets/sheet1.xml'] as Uint8Array)
    expect(xml).not.toContain('<f>')
    expect(xml).toMatch(/<autoFilter ref="A1:T\d+"\/>/)
  })

  it('what is pasted loses what nobody sees, and what is too long is not taken', () => {
    expect(tidyProse('ก\u200bข\u202eค\r\nง\tจ\u0000')).toBe('กขค\nง จ')
    expect(tidyProse('e\u0301')).toBe('é')
    const step = (text: string) => ({ kind: 'step', measure: 'm', order: 1, text, state: 'done', on: '', result: '' })
    expect(
      [step('ก'.repeat(4000)), step('ก'.repeat(4001)), step('ก\u200b')].map((one) => isDescribed(ROW_CONTENT, one)),
    ).toEqual([true, false, false])
  })

  it('what was typed as an address is kept; only one that a browser can safely follow is a link anywhere', () => {
    const typed = ['https://a.go.th/x.pdf', 'javascript:alert(1)', 'http://a b', 'https://a"onclick=', 'www.a.go.th']
    const measure = {
      ...saying({}).find(({ id }) => id === 'm-property-0')?.content,
      evidence: typed.map((address, at) => ({ id: `e${at}`, title: 'x', address, checked: '' })),
    }
    expect(isDescribed(ROW_CONTENT, measure)).toBe(true)
    expect(typed.map(isAddress)).toEqual([true, false, false, false, false])
  })

  it('digits of a link stay as they are, whatever the document’s are', () => {
    const link = 'https://x.go.th/ไฟล์/2567.pdf'
    expect(inDigits(`ปี 2567 ${link}`, 'thai')).toBe(`ปี ๒๕๖๗ ${link}`)
    expect(inDigits('ปี ๒๕๖๗ https://x.go.th/แผน๒๕๖๗.pdf', 'arabic')).toBe('ปี 2567 https://x.go.th/แผน๒๕๖๗.pdf')
  })

  it('a level whose total another level shares says its own bounds, and what each instrument must reach', () => {
    const good = { ...full, total: 86, level: 'good', levelConfirmed: true } as Release
    const blocks = makeDocument('measures', documentInput([], good)).sections[0]?.blocks ?? []
    const said = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))[0]
    expect(said).not.toMatch(/85-84/)
    expect(said).toMatch(/คือ ได้คะแนน 85-9\d\.99 คะแนน และแต่ละแบบวัดได้ 85 คะแนนขึ้นไป/)
  })

  it('a part of EIT that may not be shown was collected all the same', () => {
    const shown = { ...eit, parts: { public: eit?.parts.public } } as Release['instruments']['eit']
    const release = {
      ...full,
      instruments: { eit: shown },
      withheld: [{ lane: 'eit-survey', why: 'few' }],
    } as unknown as Release
    const text = JSON.stringify(makeDocument('measures', documentInput([], release)))
    expect(text).toContain('แสดงผลได้เฉพาะส่วน EIT Public')
    expect(text).not.toContain('เก็บข้อมูลส่วนเดียว')
  })

  it('measures of an issue that the result does not have are in the documents all the same', () => {
    const rows = sourceRows().map((row) =>
      row.id === 'm-property-0' ? { ...row, content: { ...row.content, issue: 'gone' } as PlannedRow['content'] } : row,
    )
    const text = JSON.stringify(makeDocument('report', documentInput(rows)))
    expect(text).toContain('ประเด็นอื่น ๆ')
    expect(text).toContain('มาตรการทั้งหมด 11 เรื่อง')
  })
})
