import { strFromU8, unzipSync } from 'fflate'

export interface DocxTable {
  /** Text of the cells that begin in a row; cells that a merged one covers are ''. */
  readonly rows: readonly (readonly string[])[]
  /** Rows at the top that stand on every page. */
  readonly repeatedHeads: number
  /** Cells that reach over several rows. */
  readonly merges: number
}

/** What a Word file says, as far as tests ask: by its own XML, not by the program that wrote it. */
export function readDocx(bytes: Uint8Array) {
  const xml = strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array)
  const tables = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) => tableOf(table))
  const paragraphs = paragraphsOf(xml.replace(/<w:tbl>.*?<\/w:tbl>/gs, ''))
  const headings = [...xml.matchAll(/<w:p>(?:(?!<\/w:p>).)*?<w:pStyle w:val="Heading\d"\/>.*?<\/w:p>/gs)].map(([one]) =>
    textOf(one),
  )
  return {
    text: textOf(xml),
    tables,
    paragraphs,
    headings,
    orientations: [...xml.matchAll(/<w:pgSz [^>]*?>/g)].map(([size]) =>
      size.includes('landscape') ? 'landscape' : 'portrait',
    ),
    fonts: [
      ...new Set(
        [...strFromU8(unzipSync(bytes)['word/styles.xml'] as Uint8Array).matchAll(/w:ascii="([^"]+)"/g)].map(
          ([, font]) => font,
        ),
      ),
    ],
  }
}

function tableOf(xml: string): DocxTable {
  const rows = [...xml.matchAll(/<w:tr>.*?<\/w:tr>|<w:tr .*?<\/w:tr>/gs)].map(([row]) => row)
  return {
    rows: rows.map((row) => [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => paragraphsOf(cell).join('\n'))),
    repeatedHeads: rows.filter((row) => row.includes('<w:tblHeader/>')).length,
    merges: (xml.match(/<w:vMerge w:val="restart"\/>/g) ?? []).length,
  }
}

function paragraphsOf(xml: string): string[] {
  return [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs)].map(([one]) => textOf(one))
}

function textOf(xml: string): string {
  const texts = [...xml.matchAll(/<w:t(?: [^>]*)?>(.*?)<\/w:t>/gs)].map(([, text = '']) => text)
  return texts
    .join('')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}
