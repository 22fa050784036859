import words from '#locales/th/print.json' with { type: 'json' }
import {
  type Campaign,
  checkNumber,
  isDemonstration,
  keySharesOf,
  lanesOf,
  type Manifest,
  type Window,
} from '#protocol/manifest'
import { A4, Sheets } from './sheet.ts'
import { filled } from './thai-text.ts'

const LEFT = 18
const WIDTH = A4.width - 2 * LEFT
const LABEL_WIDTH = 52

/** One A4 poster: the check number to compare with, and the facts that everyone in the round may know. No QR, no code. */
export function posterPdf({ manifest, mh }: Campaign, origin: string): Promise<Buffer> {
  const sheets = new Sheets(words.poster.title)
  sheets.addPage()
  let y = 16
  const put = (text: string, style: Parameters<Sheets['line']>[3]) => {
    y += sheets.paragraph(text, LEFT, y, WIDTH, style)
  }
  put(manifest.agency.th, { size: 15 })
  put(words.poster.title, { size: 26, bold: true })
  put(filled(words.poster.year, { year: manifest.fiscalYear }), { size: 15 })
  for (const warning of warningsOf(manifest)) put(warning, { size: 13, bold: true, colour: '#9a1b1b' })
  y += 3
  put(words.checkNumber, { size: 15 })
  put(checkNumber(mh), { size: 58, bold: true, spacing: 2 })
  put(words.poster.checkNumberHelp, { size: 12.5 })
  y += 4
  for (const [label, fact] of factsOf(manifest, origin)) {
    sheets.line(label, LEFT, y, { size: 13, colour: '#555' })
    y += sheets.paragraph(fact, LEFT + LABEL_WIDTH, y, WIDTH - LABEL_WIDTH, { size: 13 })
  }
  y += 4
  put(words.poster.checks, { size: 15, bold: true })
  const { check1, check2, check3, check4 } = words.poster
  for (const check of [check1, check2, check3, check4]) put(`•  ${check}`, { size: 13 })
  y += 2
  put(words.poster.never, { size: 15, bold: true })
  put(words.poster.neverText, { size: 13 })
  sheets.line(words.rehearsal, LEFT, A4.height - 14, { size: 9.5, colour: '#555' })
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
  ]
}

const THAI_DAY = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** A window of days in Thai, Buddhist years. */
export function daysOf({ from, to }: Window): string {
  const inWords = (day: string) => THAI_DAY.format(new Date(`${day}T00:00:00Z`))
  return filled(words.poster.days, { from: inWords(from), to: inWords(to) })
}
