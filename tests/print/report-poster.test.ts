import { expect, it } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { reportPosterPdf } from '#print/report-poster-pdf'
import { reportName } from '#protocol/public-report'
import { makeRound } from '#tests/support/make-round.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('the poster of a public page is one sheet whose QR leads to it, with the address in letters', async () => {
  const stores = await openStores(tempFolder())
  const { campaign } = await makeRound(stores)
  await stores.end()
  const pdf = await reportPosterPdf(campaign, { origin: 'https://ita.example.go.th', logHead: 'ab'.repeat(32) })
  const pages = await readPdf(pdf)
  const link = `https://ita.example.go.th/r/${reportName(campaign.manifest.cid)}`
  expect(pages.map(({ codes }) => codes)).toEqual([[link]])
  expect(pages[0]?.text).toContain(link.replace('https://', ''))
})
