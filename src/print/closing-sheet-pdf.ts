import words from '#locales/th/print.json' with { type: 'json' }
import { checkNumber } from '#protocol/check-number'
import { witnessLink } from '#protocol/evidence'
import { type Campaign, keySharesOf } from '#protocol/manifest'
import { drawFoot } from './foot.ts'
import { EMBLEM_SIDE } from './poster-pdf.ts'
import { A4, Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

const LEFT = 18
const WIDTH = A4.width - 2 * LEFT
const QR_SIDE = 45
const BOX = 4

/** What was in the box when it was closed. */
export interface ClosingFacts {
  readonly origin: string
  readonly rows: number
  /** SHA-256 over all sealed rows, hex. */
  readonly boxHash: string
  readonly logHead: string
  /** The department's emblem, PNG. */
  readonly emblem?: Buffer | undefined
}

/**
 * One A4 sheet for the closing: what is in the box, in numbers that the opening computes again, and what the holders check
 * before they sign. A box that is exchanged afterwards no longer fits the paper.
 */
export async function closingSheetPdf(campaign: Campaign, facts: ClosingFacts): Promise<Buffer> {
  const { manifest, cid, mh } = campaign
  const { closing } = words
  const sheets = new Sheets(closing.title)
  sheets.addPage()
  let y = 16
  const put = (text: string, style: Parameters<Sheets['line']>[3], width = WIDTH) => {
    y += sheets.paragraph(text, LEFT, y, width, style)
  }
  if (facts.emblem) sheets.picture(facts.emblem, A4.width - LEFT - EMBLEM_SIDE, y - 4, EMBLEM_SIDE)
  const besideEmblem = facts.emblem ? WIDTH - EMBLEM_SIDE - 4 : WIDTH
  put(manifest.agency.th.full, { size: 14 }, besideEmblem)
  put(closing.title, { size: 24, bold: true }, besideEmblem)
  put(filled(words.poster.year, { year: manifest.fiscalYear }), { size: 13 })
  sheets.qr(witnessLink(facts.origin, { cid, mh }), A4.width - LEFT - QR_SIDE, y, QR_SIDE)
  const beside = WIDTH - QR_SIDE - 4
  put(`${words.checkNumber} ${await checkNumber(mh)}`, { size: 17, bold: true }, beside)
  put(filled(closing.rows, { count: facts.rows.toLocaleString('th') }), { size: 17, bold: true }, beside)
  put(closing.hash, { size: 12 }, beside)
  const groups = facts.boxHash.match(/.{1,4}/g) ?? []
  for (let at = 0; at < groups.length; at += 8)
    put(groups.slice(at, at + 8).join(' '), { size: 13, bold: true }, beside)
  y = Math.max(y, 16 + 36 + QR_SIDE)
  put(closing.before, { size: 14, bold: true })
  for (const step of [closing.step1, closing.step2, closing.step3, closing.step4]) {
    sheets.tickBox(LEFT, y + 1.8, BOX)
    y += sheets.paragraph(step, LEFT + BOX + 3, y, WIDTH - BOX - 3, { size: 12.5 }) + 1
  }
  y += 10
  const { shares } = keySharesOf(manifest)
  for (let holder = 1; holder <= shares; holder += 1) {
    sheets.line(filled(closing.holder, { index: holder }), LEFT, y, { size: 11 })
    sheets.rule(LEFT + 40, y + 6, LEFT + 115, y + 6)
    sheets.line(words.key.date, LEFT + 120, y, { size: 11 })
    sheets.rule(LEFT + 132, y + 6, LEFT + WIDTH, y + 6)
    y += 15
  }
  drawFoot(sheets, LEFT, facts.logHead)
  return sheets.finish()
}
