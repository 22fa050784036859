import { stringify } from 'csv-stringify/browser/esm/sync'
import type { ExportRow } from '../responses-csv.ts'

const ROWS_A_PART = 1000

/**
 * CSV that a spreadsheet opens in Thai by double click: UTF-8 with BOM, CRLF, and a quote before anything it could take for
 * a formula. In parts, so that whoever writes it can say how far it is.
 */
export function* csvParts(
  columns: readonly string[],
  rows: readonly ExportRow[],
): Generator<{ readonly part: string; readonly rows: number }> {
  yield { part: `\uFEFF${csvLines([columns])}`, rows: 0 }
  for (let start = 0; start < rows.length; start += ROWS_A_PART) {
    const some = rows.slice(start, start + ROWS_A_PART)
    yield { part: csvLines(some), rows: start + some.length }
  }
}

/** Lines of any table, safe against formulas. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  // a lone carriage return ends a row in some programs: quoted like any line break
  const options = { record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ } as const
  return stringify(rows as (string | number | null)[][], options)
}
