import { tableColumns } from '../responses-csv.ts'
import { COUNTED_LANES } from '../round-forms.ts'
import { csvParts } from './csv.ts'
import { type ExportInput, exportRows, fileName } from './export-input.ts'
import { jsonParts } from './json.ts'
import { spssSyntax } from './spss.ts'
import { xlsxFile } from './xlsx.ts'

/** Files that can be saved. Poster answers are in a file of their own: nobody pools them by accident. */
export const EXPORT_KINDS = ['csv', 'poster-csv', 'xlsx', 'json', 'sps'] as const

export type ExportKind = (typeof EXPORT_KINDS)[number]

/** A piece of a file, and how many rows are written with it. */
export interface ExportStep {
  readonly part: string | Blob
  readonly rows: number
  readonly of: number
}

/** The name a file is saved under. */
export function exportName(input: Pick<ExportInput, 'release' | 'rowsAre'>, kind: ExportKind): string {
  const responses = input.rowsAre === 'whole' ? 'responses' : 'responses-protected'
  const names = {
    csv: `${responses}.csv`,
    'poster-csv': `${responses}-poster.csv`,
    xlsx: `${responses}.xlsx`,
    json: input.rowsAre === 'whole' ? 'results.json' : 'results-protected.json',
    sps: `${responses}.sps`,
  }
  return fileName(input, names[kind])
}

/** Writes one file, piece by piece. Screen and terminal use this, so that their files are the same. `csvName` is the file that SPSS syntax reads. */
export async function* writeExport(
  kind: ExportKind,
  input: ExportInput,
  csvName = exportName(input, 'csv'),
): AsyncGenerator<ExportStep> {
  if (kind === 'sps') {
    yield { part: spssSyntax(input, csvName), rows: 0, of: 0 }
    return
  }
  const rows = exportRows(input, kind === 'poster-csv' ? ['eit-open'] : COUNTED_LANES)
  const of = rows.length
  if (kind === 'xlsx') {
    yield { part: '', rows: 0, of }
    yield { part: await xlsxFile(input, rows), rows: of, of }
    return
  }
  for (const step of kind === 'json' ? jsonParts(input, rows) : csvParts(tableColumns(input.forms), rows))
    yield { ...step, of }
}
