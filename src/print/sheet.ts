import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { modulesOfText } from '#protocol/qr'
import { shapeable, wrapThai } from './thai-text.ts'

const require = createRequire(import.meta.url)
const FONTS = {
  regular: require.resolve('@expo-google-fonts/noto-sans-thai-looped/400Regular/NotoSansThaiLooped_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans-thai-looped/700Bold/NotoSansThaiLooped_700Bold.ttf'),
} as const

/** Millimetres to PDF points. */
const MM = 72 / 25.4

/** A4, in millimetres. */
export const A4 = { width: 210, height: 297 } as const

/** Enough room above for a tone mark over a vowel, and below for a vowel under a descender. */
const LINE_HEIGHT = 1.65

interface TextStyle {
  readonly size: number
  readonly bold?: boolean
  readonly colour?: string
  /** Spread the letters, e.g. of a code that is read aloud; points. */
  readonly spacing?: number
  /** Set smaller where it would be wider than this, mm: a long address must not run over the edge. */
  readonly within?: number
}

/** A PDF of A4 pages on which Thai is set right, with fonts embedded. All places are in millimetres from the top left. */
export class Sheets {
  readonly #pdf: PDFKit.PDFDocument
  readonly #chunks: Buffer[] = []
  #pages = 0

  constructor(title: string) {
    // no time and no program of its own: the file says nothing but what is printed on it
    const info = { Title: title, Producer: 'Prongsai', Creator: 'Prongsai', CreationDate: new Date(0) }
    this.#pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, info, lang: 'th', displayTitle: true })
    this.#pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
    for (const [name, file] of Object.entries(FONTS)) this.#pdf.registerFont(name, file)
  }

  addPage(): void {
    this.#pdf.addPage()
    this.#pages += 1
  }

  get pages(): number {
    return this.#pages
  }

  /** One line. Answers the height it takes, mm. */
  line(text: string, x: number, y: number, style: TextStyle): number {
    const { size, bold = false, colour = '#111', spacing = 0, within } = style
    this.#pdf
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour)
    const width = this.#pdf.widthOfString(shapeable(text)) / MM
    if (within !== undefined && width > within) this.#pdf.fontSize((size * within) / width)
    this.#pdf.text(shapeable(text), x * MM, y * MM, { lineBreak: false, characterSpacing: spacing })
    return (size * LINE_HEIGHT) / MM
  }

  /** As many lines as it needs. Answers the height they take, mm. */
  paragraph(text: string, x: number, y: number, width: number, style: TextStyle): number {
    this.#pdf.font(style.bold ? 'bold' : 'regular').fontSize(style.size)
    const widthOf = (part: string) => this.#pdf.widthOfString(shapeable(part)) / MM
    return wrapThai(text, width, widthOf).reduce((height, line) => height + this.line(line, x, y + height, style), 0)
  }

  /** A QR code with its quiet zone inside the square. */
  qr(text: string, x: number, y: number, side: number): void {
    const modules = modulesOfText(text)
    const cell = (side * MM) / modules.length
    for (const [row, cells] of modules.entries()) {
      for (const [column, dark] of cells.entries()) {
        if (dark) this.#pdf.rect(x * MM + column * cell, y * MM + row * cell, cell, cell)
      }
    }
    this.#pdf.fill('#000')
  }

  /** A picture (PNG) within a square of that side, mm. */
  picture(png: Buffer, x: number, y: number, side: number): void {
    this.#pdf.image(png, x * MM, y * MM, { fit: [side * MM, side * MM], align: 'center', valign: 'center' })
  }

  /** A thin line, e.g. to cut along or to sign on. */
  rule(x1: number, y1: number, x2: number, y2: number, colour = '#999'): void {
    this.#pdf
      .moveTo(x1 * MM, y1 * MM)
      .lineTo(x2 * MM, y2 * MM)
      .lineWidth(0.4)
      .stroke(colour)
  }

  /** A box to tick by hand. Drawn, because the font has no such character. */
  tickBox(x: number, y: number, side: number): void {
    this.#pdf
      .rect(x * MM, y * MM, side * MM, side * MM)
      .lineWidth(0.8)
      .stroke('#000')
  }

  /** The finished file. */
  async finish(): Promise<Buffer> {
    const ended = new Promise((resolve) => this.#pdf.once('end', resolve))
    this.#pdf.end()
    await ended
    return Buffer.concat(this.#chunks)
  }
}
