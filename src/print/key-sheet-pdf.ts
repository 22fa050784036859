import words from '#locales/th/print.json' with { type: 'json' }
import { checkNumber } from '#protocol/check-number'
import { keySheetLink } from '#protocol/evidence'
import type { KeyShareFile } from '#protocol/key-file'
import type { Campaign } from '#protocol/manifest'
import { drawFoot } from './foot.ts'
import { EMBLEM_SIDE } from './poster-pdf.ts'
import { A4, Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

const LEFT = 20
const WIDTH = A4.width - 2 * LEFT
const CHARACTERS_A_LINE = 64

/** What is printed beside the share. */
interface KeySheet {
  /** Where respondents reach the app: the round's QR leads to its witness page. */
  readonly origin: string
  readonly logHead: string
  /** The department's emblem, PNG. */
  readonly emblem?: Buffer | undefined
}

/**
 * The same share as the key file, on paper: a QR of the file's text, and the text itself; and a second QR that says which
 * round and which key this is, for the witness page of any phone.
 */
export async function keySheetPdf(
  { manifest, mh }: Campaign,
  share: KeyShareFile,
  { origin, logHead, emblem }: KeySheet,
): Promise<Buffer> {
  const number = await checkNumber(mh)
  const text = JSON.stringify(share)
  const sheets = new Sheets(words.key.title)
  sheets.addPage()
  let y = 18
  const put = (line: string, style: Parameters<Sheets['line']>[3], width = WIDTH) => {
    y += sheets.paragraph(line, LEFT, y, width, style)
  }
  if (emblem) sheets.picture(emblem, A4.width - LEFT - EMBLEM_SIDE, y - 4, EMBLEM_SIDE)
  const besideEmblem = emblem ? WIDTH - EMBLEM_SIDE - 4 : WIDTH
  put(manifest.agency.th.full, { size: 13 }, besideEmblem)
  put(words.key.title, { size: 24, bold: true }, besideEmblem)
  put(filled(words.key.holder, { index: share.index, shares: share.shares }), { size: 17, bold: true })
  put(filled(words.key.need, { threshold: share.threshold }), { size: 12 })
  put(`${words.checkNumber} ${number}`, { size: 12 })
  sheets.qr(text, LEFT - 5, y + 2, 90)
  sheets.qr(keySheetLink(origin, share), LEFT + 95, y + 2, 62)
  sheets.paragraph(words.key.witness, LEFT + 98, y + 64, 68, { size: 10 })
  y += 96
  for (const step of [words.key.step1, words.key.step2, words.key.step3]) put(`•  ${step}`, { size: 11 })
  y += 2
  put(words.key.text, { size: 10, colour: '#555' })
  for (let start = 0; start < text.length; start += CHARACTERS_A_LINE) {
    y += sheets.line(text.slice(start, start + CHARACTERS_A_LINE), LEFT, y, { size: 9 })
  }
  y += 14
  sheets.line(words.key.holderName, LEFT, y, { size: 10 })
  sheets.rule(LEFT + 25, y + 5, LEFT + 95, y + 5)
  sheets.line(words.key.date, LEFT + 105, y, { size: 10 })
  sheets.rule(LEFT + 116, y + 5, LEFT + WIDTH, y + 5)
  drawFoot(sheets, LEFT, logHead)
  return sheets.finish()
}
