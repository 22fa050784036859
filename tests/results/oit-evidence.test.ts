import readExcelFile from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { exportWords } from '#cli/terminal/export-words'
import { scorecardTable } from '#cli/terminal/scorecard-table'
import { makeDocument } from '#documents/make-document'
import { writeExport } from '#results/exports/write-export'
import { scoreOit, withoutEvidence } from '#results/oit'
import { readRelease } from '#results/read-release'
import { documentInput, sourceRows } from '#tests/support/document-input.ts'
import { FORMS } from '#tests/support/forms.ts'
import { publishedRelease } from '#tests/support/published-release.ts'

const PAGE = 'https://example.go.th/โครงสร้าง?a=1&b=2'
/** Every item disclosed; one of them with the page that shows it, one not at all. */
const answers = { ...Object.fromEntries(FORMS.oit.items.map(({ id }) => [id, 100 as const])), O1: PAGE, O2: 0 as const }
const { result } = scoreOit(FORMS.oit, answers)
const published = publishedRelease()
const release = { ...published, instruments: { ...published.instruments, oit: result } }
const UNPROVEN = FORMS.oit.items.map(({ id }) => id).filter((id) => id !== 'O1' && id !== 'O2')

it('an item with a page that shows it counts 100, and only what is disclosed without one is without evidence', () => {
  expect([result.items.O1, result.items.O2, result.evidence]).toEqual([100, 0, { O1: PAGE }])
  expect(withoutEvidence(result)).toEqual(UNPROVEN)
})

it('what no browser can safely follow is no evidence, and says of which item', () => {
  for (const bad of [
    'javascript:alert(1)',
    'ฝ่ายสารนิเทศ',
    'https://',
    'https://a b',
    `https://${'a'.repeat(300)}`,
    '',
  ]) {
    expect(() => scoreOit(FORMS.oit, { ...answers, O1: bad })).toThrow('O1')
    const kept = JSON.stringify({ ...release, instruments: { oit: { ...result, evidence: { O1: bad } } } })
    expect([bad, readRelease(kept)]).toEqual([bad, null])
  }
  expect(readRelease(JSON.stringify(release))?.instruments.oit?.evidence).toEqual({ O1: PAGE })
})

it('a score without evidence is marked in the workbook, in the terminal and in the document', async () => {
  const words = exportWords(release.asked)
  const input = { release, forms: FORMS, rows: [], rowsAre: 'protected', words, randomBelow: () => 0 } as const
  const parts: Blob[] = []
  for await (const { part } of writeExport('xlsx', input, '')) parts.push(part as Blob)
  const book = await readExcelFile(Buffer.from(await new Blob(parts).arrayBuffer()))
  const lines = book.flatMap(({ data }) => data).filter(([part, what]) => part === 'OIT' && /^O\d/.test(String(what)))
  const marks = lines.map(([, what, score, , evidence]) => [String(what).split(' ')[0], score, evidence ?? null])
  expect(marks).toHaveLength(43)
  expect(marks.slice(0, 3)).toEqual([
    ['O1', 100, PAGE],
    ['O2', 0, null],
    ['O3', 100, 'ยังไม่มีลิงก์หลักฐาน'],
  ])
  expect(scorecardTable(release, FORMS)).toContain(`คะแนน OIT ที่ยังไม่มีลิงก์หลักฐาน: ${UNPROVEN.join(', ')}`)
  const document = JSON.stringify(makeDocument('measures', documentInput(sourceRows(), release)))
  expect(document).toContain(`คะแนน OIT 41 ข้อหน่วยงานตรวจเอง และยังไม่ได้ระบุลิงก์หลักฐาน (${UNPROVEN.join(', ')})`)
  const proven = { ...result, evidence: Object.fromEntries(FORMS.oit.items.map(({ id }) => [id, PAGE])) }
  const whole = { ...release, instruments: { ...release.instruments, oit: proven } }
  expect(JSON.stringify(makeDocument('measures', documentInput(sourceRows(), whole)))).not.toContain(
    'หมายเหตุ: คะแนน OIT',
  )
})
