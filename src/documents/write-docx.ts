import {
  AlignmentType,
  convertMillimetersToTwip,
  Document,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { type Block, type Cell, type DocumentModel, inDigits, type Section, type Table as TableModel } from './model.ts'

/** The font of official letters. Where a computer has none, those that look alike: `fontTable.xml` names them. */
const FONT = 'TH Sarabun New'
const FALLBACKS = 'TH SarabunPSK,TH Sarabun PSK,Sarabun,Noto Sans Thai,Leelawadee UI'

/** Half points: 16 pt as official letters are written, 14 pt in tables. */
const SIZES = { text: 32, small: 28, title: 36 }
const COMPACT = { text: 26, small: 24, title: 32 }
type Sizes = typeof SIZES

/** At least so high is a line: where another font stands in, its tone marks are not cut off. Twips. */
const lineOf = (size: number) => ({ line: Math.round(size * 10 * 1.3), lineRule: LineRuleType.AT_LEAST })

const MARGIN = { top: 20, bottom: 20, left: 25, right: 20 }
const NARROW = { top: 14, bottom: 14, left: 20, right: 16 }
const A4 = { short: 210, long: 297 }

/** A document as a Word file. Its properties name the agency, never a person. */
export async function writeDocx(model: DocumentModel): Promise<ArrayBuffer> {
  const sizes = model.compact ? COMPACT : SIZES
  // Latin words are no Thai ones: they would be broken anywhere
  const run = { font: FONT, size: sizes.text, language: { value: 'en-US', bidirectional: 'th-TH' } }
  const heading = (size: number) => ({
    run: { ...run, size, bold: true, color: '000000' },
    paragraph: {
      spacing: { before: model.compact ? 80 : 200, after: model.compact ? 0 : 60, ...lineOf(size) },
      keepNext: true,
    },
  })
  const document = new Document({
    title: model.title,
    creator: model.owner,
    lastModifiedBy: model.owner,
    description: '',
    styles: {
      default: {
        document: { run, paragraph: { spacing: lineOf(sizes.text) } },
        title: heading(sizes.title),
        heading1: heading(sizes.text + 2),
        heading2: heading(sizes.text),
      },
    },
    numbering: { config: [bullets()] },
    sections: model.sections
      .filter(({ blocks }) => blocks.length > 0)
      .map(
        (section): ISectionOptions => ({
          properties: { page: pageOf(section, model) },
          footers: { default: new Footer({ children: [foot(model, sizes)] }) },
          children: section.blocks.flatMap((block) => drawn(block, { model, sizes, section })),
        }),
      ),
  })
  return Packer.toArrayBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: FONT_TABLE }])
}

/** Which fonts stand in where the first one is missing. */
const FONT_TABLE = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
  `<w:font w:name="${FONT}"><w:altName w:val="${FALLBACKS}"/><w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>`,
  '</w:fonts>',
].join('')

const BULLETS = 'bullets'

function bullets() {
  const indent = { left: convertMillimetersToTwip(12), hanging: convertMillimetersToTwip(6) }
  const level = { level: 0, format: LevelFormat.BULLET, text: '–', alignment: AlignmentType.LEFT }
  return { reference: BULLETS, levels: [{ ...level, style: { paragraph: { indent } } }] }
}

/** Millimetres. */
function marginOf({ compact }: DocumentModel): typeof MARGIN {
  return compact ? NARROW : MARGIN
}

function pageOf({ landscape }: Section, model: DocumentModel) {
  const mm = convertMillimetersToTwip
  const { top, bottom, left, right } = marginOf(model)
  return {
    // the library turns width and height itself where a page lies
    size: {
      width: mm(A4.short),
      height: mm(A4.long),
      orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
    },
    margin: { top: mm(top), bottom: mm(bottom), left: mm(left), right: mm(right) },
  }
}

/** หน้า n จาก m. Word counts pages itself; its fields are in Arabic digits. */
function foot({ foot: frame }: DocumentModel, { small }: Sizes): Paragraph {
  const children = frame
    .split(/(\{\{\w+\}\})/)
    .map((text) => (text === '{{page}}' ? PageNumber.CURRENT : text === '{{pages}}' ? PageNumber.TOTAL_PAGES : text))
  return new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children, size: small })] })
}

/** What a block is drawn by. */
interface Style {
  readonly model: DocumentModel
  readonly sizes: Sizes
  readonly section: Section
}

function drawn(block: Block, style: Style): (Paragraph | Table)[] {
  const { model, sizes } = style
  const words = (text: string) => inDigits(text, model.digits)
  switch (block.kind) {
    case 'title':
      return block.lines.map(
        (text) => new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, text: words(text) }),
      )
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          text: words(block.text),
        }),
      ]
    case 'text':
      return [
        new Paragraph({
          spacing: { after: 120 },
          children: [
            new TextRun({ text: words(block.text), ...(block.small ? { size: sizes.small, italics: true } : {}) }),
          ],
        }),
      ]
    case 'list':
      return block.items.map((text, index) =>
        listed(words(text), block, index === block.items.length - 1 && !model.compact),
      )
    case 'signature':
      return block.lines.map((text, index) => signed(words(text), index === 0, index === block.lines.length - 1))
    case 'table':
      return [
        drawnTable(block, style),
        new Paragraph({ text: '', spacing: { line: 120, lineRule: LineRuleType.EXACT } }),
      ]
  }
}

function listed(text: string, { plain }: { readonly plain?: boolean }, isLast: boolean): Paragraph {
  return new Paragraph({
    ...(plain ? { indent: { left: convertMillimetersToTwip(12) } } : { numbering: { reference: BULLETS, level: 0 } }),
    spacing: { after: isLast ? 120 : 0 },
    text,
  })
}

/** A line of who signs: to the right, with room for a hand above it. */
function signed(text: string, isFirst: boolean, isLast: boolean): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    indent: { left: convertMillimetersToTwip(70) },
    keepNext: !isLast,
    spacing: { before: isFirst ? 900 : 0 },
    text,
  })
}

/** A table whose head stands on every page, and whose rows are not torn where they fit on one. */
function drawnTable({ widths, head, body }: TableModel, style: Style): Table {
  const { section, model } = style
  const { left, right } = marginOf(model)
  const across = section.landscape ? A4.long : A4.short
  const columns = widths.map((share) => Math.round((convertMillimetersToTwip(across - left - right) * share) / 100))
  const rows = [...head.map((cells) => ({ cells, isHead: true })), ...body.map((cells) => ({ cells, isHead: false }))]
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: columns.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
    columnWidths: columns,
    rows: rows.map(
      ({ cells, isHead }) =>
        new TableRow({
          tableHeader: isHead,
          cantSplit: !isLong(cells),
          children: cells.map((cell) => drawnCell(cell, style, isHead)),
        }),
    ),
  })
}

/** More than a page could hold: such a row may be torn. */
function isLong(cells: readonly Cell[]): boolean {
  return cells.some(({ text }) => [text].flat().join('').length > 900)
}

const ALIGNED = { start: AlignmentType.LEFT, center: AlignmentType.CENTER, end: AlignmentType.RIGHT }

function drawnCell(cell: Cell, { model, sizes: { small } }: Style, isHead: boolean): TableCell {
  const { text, columns = 1, rows = 1, bold = false, align = 'start' } = cell
  const lines = [text].flat().flatMap((line) => line.split('\n'))
  const mm = convertMillimetersToTwip
  return new TableCell({
    ...(columns > 1 ? { columnSpan: columns } : {}),
    ...(rows > 1 ? { rowSpan: rows } : {}),
    ...(isHead ? { shading: { fill: 'E4EFEB' } } : {}),
    margins: { top: mm(0.8), bottom: mm(0.8), left: mm(1.5), right: mm(1.5) },
    children: (lines.length > 0 ? lines : ['']).map(
      (line) =>
        new Paragraph({
          alignment: ALIGNED[align],
          spacing: lineOf(small),
          children: [new TextRun({ text: inDigits(line, model.digits), size: small, bold })],
        }),
    ),
  })
}
