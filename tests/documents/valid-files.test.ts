import validate from '@ooxml-tools/validate'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_KINDS } from '#documents/input'
import { makeDocument } from '#documents/make-document'
import { planWorkbook } from '#documents/plan-workbook'
import { writeDocx } from '#documents/write-docx'
import { documentInput, sourceRows } from '#tests/support/document-input.ts'
import { publishedRelease } from '#tests/support/published-release.ts'

/** What Microsoft's own validator of such files finds wrong. */
async function faultsOf(file: ArrayBuffer | Uint8Array, format: 'docx' | 'xlsx' = 'docx'): Promise<string[]> {
  const found = await validate(new Uint8Array(file), format)
  return found.map((one) => JSON.stringify(one).slice(0, 300))
}

const full = documentInput(sourceRows({ signatory: 'อธิบดี <&> 🙂', standing: 'บรรทัดหนึ่ง\nบรรทัดสอง' }))
const empty = documentInput([], { ...publishedRelease(), total: null, level: null, instruments: {} })

describe('files of a plan hold against the schema of their format', () => {
  it.each(DOCUMENT_KINDS)('%s, of a whole plan and of nothing at all', async (kind) => {
    for (const input of [full, empty]) expect(await faultsOf(await writeDocx(makeDocument(kind, input)))).toEqual([])
  })

  it('and what does not hold is found: an element in a place where none may be', async () => {
    const files = unzipSync(new Uint8Array(await writeDocx(makeDocument('summary', full))))
    const xml = strFromU8(files['word/document.xml'] as Uint8Array).replace('<w:tr>', '<w:tr><w:p/>')
    expect(await faultsOf(zipSync({ ...files, 'word/document.xml': strToU8(xml) }))).not.toEqual([])
  })

  it('the workbook, with its filters', async () => {
    for (const input of [full, empty]) {
      const book = await (await planWorkbook(input)).arrayBuffer()
      expect(await faultsOf(book, 'xlsx')).toEqual([])
    }
  })
})
