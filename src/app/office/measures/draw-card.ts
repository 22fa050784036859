import { filled } from '#documents/model'
import { DOCUMENT_WORDS } from '#i18n/office-words.ts'
import { type IssuePlan, toldCount } from '#measures/issues'
import { FIRST_LANGUAGE } from '#protocol/language'
import type { Release } from '#results/release'

const WIDTH = 1200
const HEIGHT = 630
const LEFT = 80
const FONT = '"Noto Sans Thai Looped", "Leelawadee UI", Thonburi, sans-serif'

/** A picture to share: whose result, the score, how many things were said, and where to read it. PNG. */
export async function drawCard(release: Release, issues: readonly IssuePlan[], link: string): Promise<Blob> {
  await document.fonts.ready
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no pictures')
  const { texts } = DOCUMENT_WORDS
  const put = (text: string, y: number, size: number, colour: string, weight = 400) => {
    context.fillStyle = colour
    context.font = `${weight} ${fitting(context, text, size, weight)}px ${FONT}`
    context.fillText(text, LEFT, y)
  }
  context.fillStyle = '#f6f3ec'
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.fillStyle = '#0b5a4a'
  context.fillRect(0, 0, 24, HEIGHT)
  put(release.agency[FIRST_LANGUAGE].full, 110, 40, '#0b5a4a', 700)
  put(filled(texts.cardTitle, { year: release.fiscalYear }), 180, 44, '#17211f')
  if (release.total !== null) put(release.total.toFixed(2), 370, 160, '#0b5a4a', 700)
  put(filled(texts.card, { told: toldCount(issues) }), 470, 44, '#17211f', 700)
  put(link.replace(/^https?:\/\//, ''), 550, 36, '#45524e')
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}

/** The size at which a text stays on the card. */
function fitting(context: CanvasRenderingContext2D, text: string, size: number, weight: number): number {
  context.font = `${weight} ${size}px ${FONT}`
  const { width } = context.measureText(text)
  return Math.min(size, (size * (WIDTH - 2 * LEFT)) / width)
}
