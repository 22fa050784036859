import words from '#locales/th/print.json' with { type: 'json' }
import type { KeyShareFile } from '#protocol/key-share'
import { type Campaign, checkNumber } from '#protocol/manifest'
import { A4, Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

const LEFT = 20
const WIDTH = A4.width - 2 * LEFT
const CHARACTERS_A_LINE = 64

/** The same share as the key file, on paper: a QR of the file's text, and the text itself. */
export function keySheetPdf({ manifest, mh }: Campaign, share: KeyShareFile): Promise<Buffer> {
  const text = JSON.stringify(share)
  const sheets = new Sheets(words.key.title)
  sheets.addPage()
  let y = 18
  const put = (line: string, style: Parameters<Sheets['line']>[3]) => {
    y += sheets.paragraph(line, LEFT, y, WIDTH, style)
  }
  put(manifest.agency.th, { size: 13 })
  put(words.key.title, { size: 24, bold: true })
  put(filled(words.key.holder, { index: share.index, shares: share.shares }), { size: 17, bold: true })
  put(filled(words.key.need, { threshold: share.threshold }), { size: 12 })
  put(`${words.checkNumber} ${checkNumber(mh)}`, { size: 12 })
  sheets.qr(text, LEFT - 5, y + 2, 90)
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
  return sheets.finish()
}
