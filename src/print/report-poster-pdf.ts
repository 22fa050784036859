import words from '#locales/th/print.json' with { type: 'json' }
import type { Campaign } from '#protocol/manifest'
import { REPORT_PATH, reportName } from '#protocol/public-report'
import { drawFoot } from './foot.ts'
import { EMBLEM_SIDE, type PosterFacts, warningsOf } from './poster-pdf.ts'
import { A4, Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

const LEFT = 18
const WIDTH = A4.width - 2 * LEFT
const QR_SIDE = 105

/** One A4 poster that leads to a round's public page: what was said, and what is done about it. */
export async function reportPosterPdf(
  { manifest }: Pick<Campaign, 'manifest'>,
  { origin, logHead, emblem }: PosterFacts,
): Promise<Buffer> {
  const { reportPoster } = words
  const link = `${origin}${REPORT_PATH}${reportName(manifest.cid)}`
  const sheets = new Sheets(reportPoster.title)
  sheets.addPage()
  let y = 16
  const put = (text: string, style: Parameters<Sheets['line']>[3], width = WIDTH) => {
    y += sheets.paragraph(text, LEFT, y, width, style)
  }
  if (emblem) sheets.picture(emblem, A4.width - LEFT - EMBLEM_SIDE, y - 4, EMBLEM_SIDE)
  const besideEmblem = emblem ? WIDTH - EMBLEM_SIDE - 4 : WIDTH
  put(manifest.agency.th.full, { size: 15 }, besideEmblem)
  put(reportPoster.title, { size: 28, bold: true }, besideEmblem)
  put(filled(reportPoster.lead, { year: manifest.fiscalYear }), { size: 16 })
  put(reportPoster.english, { size: 13 })
  sheets.qr(link, (A4.width - QR_SIDE) / 2, y, QR_SIDE)
  y += QR_SIDE
  put(filled(reportPoster.address, { link: link.replace(/^https?:\/\//, '') }), { size: 15 })
  y += 4
  for (const promise of [reportPoster.promise1, reportPoster.promise2]) put(`•  ${promise}`, { size: 14 })
  for (const warning of warningsOf(manifest)) put(warning, { size: 13, bold: true, colour: '#9a1b1b' })
  drawFoot(sheets, LEFT, logHead)
  return sheets.finish()
}
