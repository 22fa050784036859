import words from '#locales/th/print.json' with { type: 'json' }
import { checkNumber } from '#protocol/check-number'
import { witnessLink } from '#protocol/evidence'
import { type Campaign, isDemonstration, keySharesOf, lanesOf, type Manifest, type Window } from '#protocol/manifest'
import { drawFoot } from './foot.ts'
import { A4, Sheets } from './sheet.ts'
import { filled, thaiDay } from './thai-text.ts'

const LEFT = 18
const WIDTH = A4.width - 2 * LEFT
const LABEL_WIDTH = 52

/** Where the app is served, and the head of the log of acts now. */
export interface PosterFacts {
  readonly origin: string
  readonly logHead: string
  /** The department's emblem, PNG. */
  readonly emblem?: Buffer | undefined
}

const QR_SIDE = 40
/** Of a poster's emblem, mm. */
export const EMBLEM_SIDE = 24

/** One A4 poster: the check number to compare with, its QR for the witness page, and the facts that everyone in the round may know. No code. */
export async function posterPdf(
  { manifest, cid, mh }: Campaign,
  { origin, logHead, emblem }: PosterFacts,
): Promise<Buffer> {
  const number = await checkNumber(mh)
  const sheets = new Sheets(words.poster.title)
  sheets.addPage()
  let y = 16
  const put = (text: string, style: Parameters<Sheets['line']>[3], width = WIDTH) => {
    y += sheets.paragraph(text, LEFT, y, width, style)
  }
  if (emblem) sheets.picture(emblem, A4.width - LEFT - EMBLEM_SIDE, y - 4, EMBLEM_SIDE)
  const besideEmblem = emblem ? WIDTH - EMBLEM_SIDE - 4 : WIDTH
  put(manifest.agency.th.full, { size: 15 }, besideEmblem)
  put(words.poster.title, { size: 26, bold: true })
  put(filled(words.poster.year, { year: manifest.fiscalYear }), { size: 15 })
  for (const warning of warningsOf(manifest)) put(warning, { size: 13, bold: true, colour: '#9a1b1b' })
  y += 3
  sheets.qr(witnessLink(origin, { cid, mh }), A4.width - LEFT - QR_SIDE + 3, y - 2, QR_SIDE)
  const beside = WIDTH - QR_SIDE
  y += sheets.line(words.checkNumber, LEFT, y, { size: 15 })
  y += sheets.line(number, LEFT, y, { size: 44, bold: true, spacing: 1, within: beside - 4 })
  y += sheets.paragraph(words.poster.checkNumberHelp, LEFT, y, beside, { size: 12 })
  y += 3
  for (const [label, fact] of factsOf(manifest, origin)) {
    sheets.line(label, LEFT, y, { size: 13, colour: '#555' })
    y += sheets.paragraph(fact, LEFT + LABEL_WIDTH, y, WIDTH - LABEL_WIDTH, { size: 13 })
  }
  y += 4
  put(words.poster.checks, { size: 15, bold: true })
  const { check1, check2, check3, check4 } = words.poster
  for (const check of [check1, check2, check3, check4]) put(`•  ${check}`, { size: 13 })
  y += 2
  const { asked, askedWho, askedWhoNamed, askedOtp } = words.poster
  put(asked, { size: 15, bold: true })
  put(`•  ${manifest.handout === 'named' ? askedWhoNamed : askedWho}`, { size: 13 })
  put(`•  ${askedOtp}`, { size: 13 })
  y += 2
  put(words.poster.never, { size: 15, bold: true })
  put(words.poster.neverText, { size: 13 })
  drawFoot(sheets, LEFT, logHead)
  return sheets.finish()
}

/** What makes a round's promises weaker, for every sheet that is hung up. */
export function warningsOf(manifest: Manifest): string[] {
  const weak = manifest.handout === 'named' ? [words.named] : []
  return isDemonstration(manifest) ? [words.demonstration, ...weak] : weak
}

function factsOf(manifest: Manifest, origin: string): [label: string, fact: string][] {
  const { poster } = words
  const counted = lanesOf(manifest).filter((lane) => lane !== 'eit-open')
  const people = counted.map((lane) => {
    const count = (manifest.lanes[lane]?.eligible ?? 0).toLocaleString('th')
    return `${words.lane[lane]} ${filled(poster.count, { count })}`
  })
  const { shares, threshold } = keySharesOf(manifest)
  return [
    [poster.issue, daysOf(manifest.issueWindow)],
    [poster.answer, daysOf(manifest.answerWindow)],
    [poster.people, [...people, ...(manifest.lanes['eit-open'] ? [poster.open] : [])].join(', ')],
    [poster.handout, manifest.handout === 'named' ? words.named : poster.drawn],
    [poster.keys, threshold < 2 ? poster.oneKey : filled(poster.keysOf, { shares, threshold })],
    [poster.address, new URL(origin).host],
    [poster.enquiries, `${manifest.enquiries.who} · ${manifest.enquiries.how}`],
  ]
}

/** A window of days in Thai, Buddhist years. */
export function daysOf({ from, to }: Window): string {
  return filled(words.poster.days, { from: thaiDay(from), to: thaiDay(to) })
}
