import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { oitItemOf } from '#documents/document-name'
import { makeDocument } from '#documents/make-document'
import { writeDocx } from '#documents/write-docx'
import eitWords from '#locales/th/instruments/eit-2566.json' with { type: 'json' }
import iitWords from '#locales/th/instruments/iit-2566.json' with { type: 'json' }
import { documentInput, sourceRows } from '#tests/support/document-input.ts'
import { PUBLISHED_2566 } from '#tests/support/published-release.ts'
import { type DocxTable, readDocx } from '#tests/support/read-docx.ts'
import source from './source-2567.json' with { type: 'json' }

/** Without spaces: the source breaks its lines in other places. */
const flat = (text: string | undefined) => (text ?? '').replace(/\s+/g, '')
const input = documentInput(sourceRows({ signatory: 'ผู้อำนวยการทดสอบ', post: 'อธิบดี' }))

let bytes: Uint8Array
let document: ReturnType<typeof readDocx>

beforeAll(async () => {
  bytes = new Uint8Array(await writeDocx(makeDocument('measures', input)))
  document = readDocx(bytes)
})

/** The table whose head says something. */
function tableOf(head: string): DocxTable {
  const found = document.tables.find(({ rows }) => rows[0]?.some((cell) => cell.includes(head)))
  if (!found) throw new Error(`no table of ${head}`)
  return found
}

describe('the published measures, read back from the file', () => {
  it('hold every figure of part 1: the total, its level and target, every questionnaire and indicator', () => {
    const text = flat(document.paragraphs.join('\n'))
    for (const said of [
      'ประจำปีงบประมาณ พ.ศ. 2566 โดยภาพรวมได้ 82.06 คะแนน',
      'อยู่ในระดับต้องปรับปรุง (ระดับต้องปรับปรุง คือ ได้คะแนน 70-84.99 คะแนน)',
      'ไม่ผ่านค่าเป้าหมาย 85 คะแนนขึ้นไป',
      source.standing,
      '5 ตัวชี้วัด 30 ข้อคำถาม ได้คะแนนรวม 80.10 คะแนน',
      '(EIT Public) ได้คะแนนรวม 79.26 คะแนน และส่วนที่ 2 ผู้ประเมินจัดเก็บข้อมูล (EIT Survey) ได้คะแนนรวม 80.94 คะแนน',
      '3 ตัวชี้วัด 15 ข้อคำถาม',
      '2 ตัวชี้วัด 43 ข้อคำถาม ได้คะแนนรวม 85.00 คะแนน',
    ])
      expect(text).toContain(flat(said))
    for (const [id, score] of Object.entries(PUBLISHED_2566.indicators))
      expect(text).toMatch(new RegExp(`${id}\\)[^)]*ได้คะแนนเฉลี่ย${score.toFixed(2).replace('.', '\\.')}คะแนน`))
  })

  it('hold every item with its score, good answers of yes/no questions beside it, both parts of EIT', () => {
    const scores = (head: string) =>
      Object.fromEntries(tableOf(head).rows.map(([item = '', ...cells]) => [item.split(' ')[0], [item, ...cells]]))
    const { items } = PUBLISHED_2566
    const iit = scores('ข้อคำถามการประเมิน IIT')
    for (const [id, score] of Object.entries(items.iit ?? {})) {
      expect(iit[id]?.[0]).toBe(`${id} ${iitWords.item[id as 'I1'].text}`)
      expect([id, iit[id]?.[1]?.replace(/^(ไม่มี|มี) - /, '')]).toEqual([id, score.toFixed(2)])
    }
    expect([iit.I4?.[1], iit.I5?.[1], iit.I6?.[1]]).toEqual(['ไม่มี - 99.08', 'ไม่มี - 98.17', 'ไม่มี - 98.17'])
    const eit = scores('ข้อคำถามการประเมิน EIT')
    expect(tableOf('ข้อคำถามการประเมิน EIT').rows[0]?.slice(1)).toEqual([
      'คะแนน EIT Public (404 คน)',
      'คะแนน EIT Survey (42 คน)',
    ])
    for (const [id, score] of Object.entries(items['eit-public'] ?? {})) {
      expect(eit[id]?.[0]).toBe(`${id} ${eitWords.item[id as 'E1'].text}`)
      const both = [score, items['eit-survey']?.[id] ?? Number.NaN].map((one) => one.toFixed(2))
      expect([id, eit[id]?.slice(1).map((cell: string) => cell.replace(/^(ไม่มี|มี) - /, ''))]).toEqual([id, both])
    }
    expect([eit.E4?.[1], eit.E8?.[2], eit.E13?.[1]]).toEqual(['ไม่มี - 95.30', 'มี - 92.86', 'มี - 95.30'])
    const oit = scores('ข้อคำถามการประเมิน OIT')
    expect(Object.keys(oit).filter((id) => /^O\d+$/.test(id))).toHaveLength(43)
    expect([oit.O39?.[1], oit.O40?.[1], oit.O42?.[1], oit.O43?.[1]]).toEqual(['0.00', '100.00', '0.00', '0.00'])
  })

  it('hold the seven issues of part 2 in the source’s words, with their lists of items, after what is not disclosed', () => {
    const [, undisclosed, ...issues] = tableOf('ผลการวิเคราะห์').rows
    expect(undisclosed?.[1]).toMatch(/O39.*O42.*O43/)
    expect(issues).toHaveLength(7)
    for (const [index, { name, analysis }] of source.issues.entries()) {
      expect(flat(issues[index]?.[0])).toBe(flat(`${index + 2}. ${name}`))
      expect(flat(issues[index]?.[1])).toBe(flat(analysis))
    }
  })

  it('hold all rows of part 3: measures, numbered steps, periods in Buddhist years, units', () => {
    const { rows } = tableOf('วิธีการนำผลการวิเคราะห์ไปสู่การปฏิบัติ')
    const measures = source.issues.flatMap((issue) =>
      issue.measures.map((one) => ({ ...one, of: issue.measures.length })),
    )
    const own = rows.slice(3)
    expect(own).toHaveLength(measures.length)
    for (const [index, { text, steps, units, of }] of measures.entries()) {
      const [, measure, stepCell, period, unitCell] = own[index] ?? []
      expect(flat(measure)).toContain(flat(text))
      for (const step of steps) expect(flat(stepCell)).toContain(flat(step))
      expect(stepCell).toMatch(of > 1 ? /^[12]\.1 / : /^1\. /)
      expect(period).toBe('1 ตุลาคม 2566 - 30 กันยายน 2567')
      for (const unit of units) expect(unitCell).toContain(unit)
    }
  })

  it('hold part 4 and who signs, real headings, heads that repeat, a merged issue, and a page that lies', () => {
    for (const limit of [...source.limits.iit, ...source.limits.eit]) expect(document.paragraphs).toContain(limit)
    expect(document.paragraphs).toContain('(ผู้อำนวยการทดสอบ)')
    expect(document.headings.map((text) => text.slice(0, 9))).toEqual(
      expect.arrayContaining(['ส่วนที่ 1', 'ส่วนที่ 2', 'ส่วนที่ 3', 'ส่วนที่ 4']),
    )
    expect(document.tables.every(({ repeatedHeads }) => repeatedHeads > 0)).toBe(true)
    expect(tableOf('วิธีการนำผล').repeatedHeads).toBe(2)
    expect(tableOf('วิธีการนำผล').merges).toBe(4 + 4)
    expect(document.orientations).toEqual(['portrait', 'landscape', 'portrait'])
    expect(document.fonts).toEqual(['TH Sarabun New'])
  })

  it('names the agency in its properties and nobody else, and is published for the item of its year', () => {
    const properties = strFromU8(unzipSync(bytes)['docProps/core.xml'] as Uint8Array)
    expect(properties).toMatch(/<dc:creator>กรมตัวอย่าง<\/dc:creator>/)
    expect(properties).toMatch(/<cp:lastModifiedBy>กรมตัวอย่าง<\/cp:lastModifiedBy>/)
    expect(properties).not.toContain('ทดสอบ')
    expect([oitItemOf('measures', input), oitItemOf('report', input)]).toEqual(['O42', 'O43'])
  })

  it('writes Thai digits everywhere but in items’ numbers, where that is chosen', async () => {
    const thai = documentInput(sourceRows({ digits: 'thai' }))
    const { text } = readDocx(new Uint8Array(await writeDocx(makeDocument('measures', thai))))
    expect(text).toContain('๘๒.๐๖')
    expect(text).toContain('I1, I2 และ E1, E2')
    expect(text.replace(/[A-Za-z][A-Za-z0-9]*/g, '')).not.toMatch(/[0-9]/)
  })
})
