import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const require = createRequire(import.meta.url)

/** Three pixels a point are 216 dots an inch: what an office printer and a phone's camera easily resolve. */
const SCALE = 3

export interface ReadPage {
  readonly text: string
  /** Texts of all QR codes on the rendered page. */
  readonly codes: readonly string[]
}

function loadDecoder(): void {
  const file = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: file.buffer as ArrayBuffer } })
}

/** The text of the one QR code in a picture. */
export async function readQr(png: Uint8Array): Promise<string> {
  loadDecoder()
  const [code] = await readBarcodes(png, { formats: ['QRCode'], tryHarder: true })
  return code?.text ?? ''
}

/** The texts of a PDF's pages, without rendering them. */
export async function readPdfTexts(pdf: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  const texts = [...document.pages()].map((page) => page.getText())
  document.destroy()
  library.destroy()
  return texts
}

/** Renders a PDF with Chrome's renderer and reads it with a decoder, neither of which wrote it. */
export async function readPdf(pdf: Uint8Array): Promise<ReadPage[]> {
  loadDecoder()
  const library = await PDFiumLibrary.init()
  // read apart from rendering: this build of the renderer cannot do both with one document
  const readable = await library.loadDocument(pdf)
  const texts = [...readable.pages()].map((page) => page.getText())
  readable.destroy()
  const document = await library.loadDocument(pdf)
  const pages: ReadPage[] = []
  for (const page of document.pages()) {
    const { data, width, height } = await page.render({ scale: SCALE, render: 'bitmap' })
    const pixels = new Uint8ClampedArray(data)
    // BGRA or RGBA does not matter: everything is black on white
    const image = { data: pixels, width, height, colorSpace: 'srgb' } as ImageData
    const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 32, tryHarder: true })
    pages.push({ text: texts[pages.length] ?? '', codes: found.map(({ text }) => text) })
  }
  document.destroy()
  library.destroy()
  return pages
}
