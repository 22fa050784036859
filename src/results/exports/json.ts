import { tableColumns } from '../responses-csv.ts'
import { codebook } from './codebook.ts'
import { type ExportInput, type ExportRows, inParts } from './export-input.ts'

const ROWS_A_PART = 1000

/** Where the shape of the JSON export is described. */
const SCHEMA = '/results.schema.json'

/** One JSON document: the tables, the codebook, the responses as rows. In parts, like the CSV. */
export function* jsonParts(
  { release, forms, words, rowsAre }: ExportInput,
  rows: ExportRows,
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
  let done = 0
  for (const some of inParts(rows, ROWS_A_PART)) {
    const lines = some.map((row) => JSON.stringify(row)).join(',\n')
    const part = `${done === 0 ? '\n' : ',\n'}${lines}`
    done += some.length
    yield { part, rows: done }
  }
  yield { part: '\n]}\n', rows: rows.length }
}
