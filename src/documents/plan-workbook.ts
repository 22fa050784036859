import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/universal'
import { csvLines } from '#results/exports/csv'
import { fontsInOrder, WORKBOOK_FONT } from '#results/exports/workbook-fonts'
import type { DocumentInput } from './input.ts'
import { findingTable, measureTable, type PlanCell, type PlanTable } from './plan-lines.ts'

/** A workbook of the plan: findings and measures, heads that stay in sight, filters, days that are days. Carries no author. */
export function planWorkbook(input: DocumentInput): Promise<Blob> {
  const { workbook } = input.words
  const sheets = [
    { sheet: workbook.measures, table: measureTable(input), widths: WIDE },
    { sheet: workbook.findings, table: findingTable(input), widths: [40, 8, 80, 10, 10, 10, 60] },
  ]
  return writeExcelFile(
    sheets.map(({ sheet, table, widths }) => ({
      sheet,
      data: sheetOf(table, input),
      stickyRowsCount: 1,
      columns: table.columns.map((_, at) => ({ width: widths[at] ?? 24 })),
    })),
    { ...WORKBOOK_FONT, features: [fontsInOrder, filters(sheets.map(({ table }) => table))] },
  ).toBlob()
}

const WIDE = [34, 50, 14, 50, 18, 16, 40, 16, 16, 34, 18, 10]

/** The measures as CSV, for whatever reads it; days as ISO days. */
export function planCsv(input: DocumentInput): string {
  const { columns, rows } = measureTable(input)
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'object' && cell !== null ? cell.day : cell)))
  return `\uFEFF${csvLines([columns.map((column) => input.words.workbook.column[column]), ...cells])}`
}

function sheetOf({ columns, rows }: PlanTable<string>, { words }: DocumentInput): SheetData {
  const names: Readonly<Record<string, string>> = words.workbook.column
  const head = columns.map(
    (column) =>
      ({
        value: names[column] ?? column,
        fontWeight: 'bold',
        wrap: true,
        alignVertical: 'top',
        backgroundColor: '#DCECE6',
      }) as const,
  )
  return [head, ...rows.map((row) => row.map(cellOf) as Row)]
}

function cellOf(cell: PlanCell) {
  if (cell === null) return null
  if (typeof cell === 'number')
    return { value: cell, format: Number.isInteger(cell) ? '0' : '0.00', alignVertical: 'top' }
  if (typeof cell === 'string') return { value: cell, wrap: true, alignVertical: 'top' }
  // the calendar of whoever opens it; the serial number is the same in each
  return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'd mmm yyyy', alignVertical: 'top' }
}

/** Arrows to filter by at every head: the library has none, and lets one be added. */
function filters(tables: readonly PlanTable<string>[]) {
  const transform = (xml: string, _options: unknown, { sheetIndex }: { readonly sheetIndex: number }) => {
    const table = tables[sheetIndex]
    if (!table) return xml
    const last = columnName(table.columns.length - 1)
    return xml.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${last}${table.rows.length + 1}"/>`)
  }
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform } } } }
}

/** A, B, … Z, AA. */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : `${columnName(Math.floor(at / 26) - 1)}${letter}`
}
