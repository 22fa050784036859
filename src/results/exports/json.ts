import { type ExportRow, tableColumns } from '../responses-csv.ts'
import { codebook } from './codebook.ts'
import type { ExportInput } from './export-input.ts'

const ROWS_A_PART = 1000

/** Where the shape of the JSON export is described. */
const SCHEMA = '/results.schema.json'

/** One JSON document: the tables, the codebook, the responses as rows. In parts, like the CSV. */
export function* jsonParts(
  { release, forms, words, rowsAre }: ExportInput,
  rows: readonly ExportRow[],
): Generator<{ readonly part: string; readonly rows: number }> {
  const head = {
    $schema: SCHEMA,
    notice: words.export.notice,
    ...release,
    codebook: codebook(words, forms),
    columns: tableColumns(forms),
    rowsAre,
    rowsNotice: words.export.rows[rowsAre],
  }
  yield { part: `${JSON.stringify(head, null, 1).slice(0, -2)},\n "rows": [`, rows: 0 }
  for (let start = 0; start < rows.length; start += ROWS_A_PART) {
    const some = rows.slice(start, start + ROWS_A_PART).map((row) => JSON.stringify(row))
    yield { part: `${start === 0 ? '\n' : ',\n'}${some.join(',\n')}`, rows: start + some.length }
  }
  yield { part: '\n]}\n', rows: rows.length }
}
