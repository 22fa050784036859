import words from '#locales/th/print.json' with { type: 'json' }
import { checkNumber } from '#protocol/check-number'
import { type Code, printedCode } from '#protocol/code'
import type { Lane } from '#protocol/lane'
import { type Campaign, isDemonstration } from '#protocol/manifest'
import { slipLink } from '#protocol/slip-link'
import { printedHead } from './foot.ts'
import { A4, Sheets } from './sheet.ts'
import { filled, thaiDay } from './thai-text.ts'

export interface SlipsToPrint {
  readonly campaign: Campaign
  readonly lane: Lane
  readonly kind: 'main' | 'spare'
  readonly codes: readonly Code[]
  /** Where the app is served, e.g. `https://ita.example.go.th`. */
  readonly origin: string
  /** Head of the log of acts now: printed in the margin of each sheet, which is cut off and kept. */
  readonly logHead: string
  /** The department's emblem, PNG. */
  readonly emblem?: Buffer | undefined
}

const COLUMNS = 2
const ROWS = 4
const MARGIN = { x: 8, y: 10 } as const
const SLIP = { width: (A4.width - 2 * MARGIN.x) / COLUMNS, height: (A4.height - 2 * MARGIN.y) / ROWS } as const
const QR_SIDE = 35.5
const INNER = 4
const EMBLEM_SIDE = 10

/** A4 sheets of eight slips to cut apart: QR, code, check number, what to do. */
export async function slipsPdf(slips: SlipsToPrint): Promise<Buffer> {
  const { campaign, codes, logHead } = slips
  const number = await checkNumber(campaign.mh)
  const sheets = new Sheets(words.slip.title)
  for (const [index, code] of codes.entries()) {
    const place = index % (COLUMNS * ROWS)
    if (place === 0) {
      // whoever else waits for this process comes first
      await new Promise((resolve) => setImmediate(resolve))
      sheets.addPage()
      drawCutMarks(sheets)
      sheets.line(filled(words.logHead, { head: printedHead(logHead) }), MARGIN.x + 8, A4.height - 7, {
        size: 7,
        colour: '#555',
      })
    }
    const x = MARGIN.x + (place % COLUMNS) * SLIP.width
    const y = MARGIN.y + Math.floor(place / COLUMNS) * SLIP.height
    drawSlip(sheets, x, y, { ...slips, code, number })
  }
  return sheets.finish()
}

interface OneSlip extends Omit<SlipsToPrint, 'codes' | 'logHead'> {
  readonly code: Code
  readonly number: string
}

function drawSlip(sheets: Sheets, x: number, y: number, slip: OneSlip): void {
  const { campaign, lane, kind, code, origin } = slip
  const link = slipLink(origin, { cid: campaign.cid, mh: campaign.mh, code })
  sheets.qr(link, x + 1, y + 13.5, QR_SIDE)
  if (slip.emblem) sheets.picture(slip.emblem, x + SLIP.width - INNER - EMBLEM_SIDE, y + 2, EMBLEM_SIDE)
  let top = y + INNER
  top += sheets.line(words.slip.title, x + INNER, top, { size: 11, bold: true })
  const what = kind === 'spare' ? `${words.lane[lane]} · ${words.slip.spare}` : words.lane[lane]
  sheets.line(`${ownerOf(campaign)} · ${what}`, x + INNER, top, {
    size: 9,
    within: SLIP.width - 2 * INNER - (slip.emblem ? EMBLEM_SIDE : 0),
  })
  drawNumbers(sheets, x + QR_SIDE + 2.5, y + 14.5, slip)
  const style = { size: 10, within: SLIP.width - 2 * INNER }
  // the code's quiet zone reaches below it
  top = y + 13.5 + QR_SIDE - 1.4
  for (const step of [
    words.slip.step1,
    words.slip.step2,
    campaign.manifest.handout === 'named' ? words.slip.step3named : words.slip.step3,
  ]) {
    top += sheets.line(filled(step, { host: new URL(origin).host }), x + INNER, top, style)
  }
  sheets.line(footOf(slip), x + INNER, top, { size: 7.5, colour: '#333', within: SLIP.width - 2 * INNER })
}

/** Whose slip it is. */
function ownerOf({ manifest: { agency, fiscalYear } }: Campaign): string {
  return filled(words.slip.of, { agency: agency.th.short, year: String(fiscalYear) })
}

function drawNumbers(sheets: Sheets, left: number, top: number, { code, number, campaign }: OneSlip): void {
  const groups = printedCode(code).split(' ')
  sheets.line(groups.slice(0, 3).join(' '), left, top, { size: 12.5, bold: true, spacing: 0.3 })
  sheets.line(groups.slice(3).join(' '), left, top + 6.8, { size: 12.5, bold: true, spacing: 0.3 })
  sheets.line(words.checkNumber, left, top + 13.2, { size: 10 })
  sheets.line(number, left, top + 17.3, { size: 17, bold: true, within: SLIP.width - QR_SIDE - 2.5 - INNER })
  sheets.line(filled(words.slip.until, { day: thaiDay(campaign.manifest.answerWindow.to) }), left, top + 25.4, {
    size: 10,
    within: SLIP.width - QR_SIDE - 2.5 - INNER,
  })
}

/** What weakens the promise is on the slip itself; a visitor who reads no Thai finds a line too. */
function footOf({ campaign, lane }: OneSlip): string {
  if (isDemonstration(campaign.manifest)) return words.demonstration
  if (campaign.manifest.handout === 'named') return words.named
  return lane === 'iit' ? words.rehearsal : words.slip.guest
}

function drawCutMarks(sheets: Sheets): void {
  for (let column = 0; column <= COLUMNS; column += 1) {
    const x = MARGIN.x + column * SLIP.width
    sheets.rule(x, MARGIN.y - 5, x, MARGIN.y - 1)
    sheets.rule(x, A4.height - MARGIN.y + 1, x, A4.height - MARGIN.y + 5)
  }
  for (let row = 0; row <= ROWS; row += 1) {
    const y = MARGIN.y + row * SLIP.height
    sheets.rule(MARGIN.x - 5, y, MARGIN.x - 1, y)
    sheets.rule(A4.width - MARGIN.x + 1, y, A4.width - MARGIN.x + 5, y)
    for (let column = 1; column < COLUMNS; column += 1) {
      const x = MARGIN.x + column * SLIP.width
      sheets.rule(x - 2, y, x + 2, y)
      sheets.rule(x, y - 2, x, y + 2)
    }
  }
}
