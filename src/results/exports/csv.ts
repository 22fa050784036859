import { stringify } from 'csv-stringify/browser/esm/sync'
import { type ExportRows, inParts } from './export-input.ts'

const ROWS_A_PART = 1000

/**
 * CSV that a spreadsheet opens in Thai by double click: UTF-8 with BOM, CRLF, and a quote before anything it could take for
 * a formula. In parts, so that whoever writes it can say how far it is.
 */
export function* csvParts(
  columns: readonly string[],
  rows: ExportRows,
): Generator<{ readonly part: string; readonly rows: number }> {
  yield { part: `\uFEFF${csvLines([columns])}`, rows: 0 }
  let done = 0
  for (const some of inParts(rows, ROWS_A_PART)) {
    done += some.length
    yield { part: csvLines(some), rows: done }
  }
}

/** Lines of any table, safe against formulas. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  // a lone carriage return ends a row in some programs: quoted like any line break
  const options = { record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ } as const
  return stringify(rows as (string | number | null)[][], options)
}
