import words from '#locales/th/print.json' with { type: 'json' }
import { checkNumber } from '#protocol/check-number'
import type { Campaign } from '#protocol/manifest'
import { posterLink } from '#protocol/slip-link'
import { drawFoot } from './foot.ts'
import { daysOf, EMBLEM_SIDE, type PosterFacts, warningsOf } from './poster-pdf.ts'
import { A4, Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

const LEFT = 18
const WIDTH = A4.width - 2 * LEFT
const QR_SIDE = 105

/** One A4 poster for a waiting hall: whoever scans it may answer. One QR for everybody, so it names nobody. */
export async function openPosterPdf(
  { manifest, cid, mh }: Campaign,
  { origin, logHead, emblem }: PosterFacts,
): Promise<Buffer> {
  const number = await checkNumber(mh)
  const { openPoster } = words
  const sheets = new Sheets(openPoster.title)
  sheets.addPage()
  let y = 16
  const put = (text: string, style: Parameters<Sheets['line']>[3], width = WIDTH) => {
    y += sheets.paragraph(text, LEFT, y, width, style)
  }
  if (emblem) sheets.picture(emblem, A4.width - LEFT - EMBLEM_SIDE, y - 4, EMBLEM_SIDE)
  const besideEmblem = emblem ? WIDTH - EMBLEM_SIDE - 4 : WIDTH
  put(manifest.agency.th.full, { size: 15 }, besideEmblem)
  put(openPoster.title, { size: 30, bold: true })
  put(openPoster.lead, { size: 16 })
  put(openPoster.english, { size: 13 })
  for (const warning of warningsOf(manifest)) put(warning, { size: 13, bold: true, colour: '#9a1b1b' })
  sheets.qr(posterLink(origin, { cid, mh }), (A4.width - QR_SIDE) / 2, y, QR_SIDE)
  y += QR_SIDE
  put(filled(openPoster.days, { days: daysOf(manifest.answerWindow), host: new URL(origin).host }), { size: 13 })
  y += 2
  put(words.checkNumber, { size: 13 })
  put(number, { size: 30, bold: true, spacing: 1.5 })
  y += 2
  for (const promise of [openPoster.promise1, openPoster.promise2, openPoster.promise3])
    put(`•  ${promise}`, { size: 13 })
  drawFoot(sheets, LEFT, logHead)
  return sheets.finish()
}
