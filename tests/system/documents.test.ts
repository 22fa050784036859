import { copyFileSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { asLibreOfficePrints } from '#tests/support/as-libreoffice-reads.ts'
import { sourceRows } from '#tests/support/document-input.ts'
import { ita } from '#tests/support/ita.ts'
import { keptRound } from '#tests/support/kept-round.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { PUBLISHED_2566 } from '#tests/support/published-release.ts'
import { readDocx } from '#tests/support/read-docx.ts'
import { readPdfTexts } from '#tests/support/read-pdf.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** A data folder with an opened round whose tables were kept and whose plan is the source's. */
async function plannedRound() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const cid = await keptRound(stores)
  for (const { id, content } of sourceRows({ signatory: 'ผู้อำนวยการ', post: 'อธิบดี' }))
    await stores.office.measures.save(cid, { id, version: 0, removed: false, content }, { by: 'x', now: Date.now() })
  await stores.end()
  return { folder, data, cid }
}

describe('documents from the terminal', () => {
  it('a round’s measures, named by the item they are published for, open in LibreOffice and hold the published figures', async () => {
    const { folder, data, cid } = await plannedRound()
    const written = await ita(['report', 'o42', '--data', data, '--campaign', cid, '--out', join(folder, 'out')])
    expect([written.code, written.stderr]).toEqual([0, ''])
    const file = written.stdout.trim()
    expect(basename(file)).toMatch(/^O42 มาตรการส่งเสริมคุณธรรมและความโปร่งใส ทสป\. 2570 \d+ \S+ 25\d\d\.docx$/)
    expect(readDocx(readFileSync(file)).tables).toHaveLength(5)
    copyFileSync(file, join(folder, 'measures.docx'))
    const pages = await readPdfTexts(asLibreOfficePrints(folder, 'measures.docx'))
    const text = pages.join('\n')
    for (const scores of Object.values(PUBLISHED_2566.items))
      for (const score of Object.values(scores)) expect(text).toContain(score.toFixed(2))
    for (const score of ['82.06', '80.10', '79.26', '80.94', '90.19']) expect(text).toContain(score)
  })

  it('the page for the director is one page, and the report has every measure of the plan', async () => {
    const { folder, data, cid } = await plannedRound()
    for (const kind of ['summary', 'O43']) {
      const written = await ita([
        'report',
        kind,
        '--data',
        data,
        '--campaign',
        cid,
        '--out',
        join(folder, `${kind}.docx`),
      ])
      expect([kind, written.code, written.stderr]).toEqual([kind, 0, ''])
    }
    const unknown = await ita(['report', 'nonsense', '--data', data, '--campaign', cid, '--out', folder])
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there is no document nonsense')])
    expect(await readPdfTexts(asLibreOfficePrints(folder, 'summary.docx'))).toHaveLength(1)
    const [report] = readDocx(readFileSync(join(folder, 'O43.docx'))).tables
    // the head, and what is not disclosed: nobody planned anything for it
    expect(report?.rows).toHaveLength(2 + sourceRows().filter(({ content }) => content.kind === 'measure').length)
  })

  it('says so when the tables of a round were not kept', async () => {
    const folder = tempFolder()
    const data = join(folder, 'data')
    const stores = await openStores(data)
    const { campaign } = await makeRound(stores)
    await stores.end()
    const asked = (document: string) =>
      ita(['report', document, '--data', data, '--campaign', campaign.manifest.cid, '--out', folder])
    const unkept = await asked('measures')
    expect([unkept.code, unkept.stderr]).toEqual([1, expect.stringContaining('were not kept')])
  })
})
