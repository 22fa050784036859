import words from '#locales/th/print.json' with { type: 'json' }
import { A4, type Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

/** Hexadecimal digits of the log's head on paper: 80 bits, which nobody matches with another log. */
const HEAD_DIGITS = 20

/** The head of the log of acts as printed: five groups of four. */
export function printedHead(head: string): string {
  return head.slice(0, HEAD_DIGITS).match(/.{4}/g)?.join(' ') ?? ''
}

/** The last line of a sheet: what this is, and the log's head when it was printed. A log written anew does not contain it. */
export function drawFoot(sheets: Sheets, left: number, logHead: string): void {
  const style = { size: 9.5, colour: '#555' }
  sheets.line(words.rehearsal, left, A4.height - 18, style)
  sheets.line(filled(words.logHead, { head: printedHead(logHead) }), left, A4.height - 13, style)
}
