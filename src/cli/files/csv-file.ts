import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { csvParts } from '#results/exports/csv'
import type { Response } from '#results/open-responses'
import { fromCells, itemIds, tableColumns, toRow } from '#results/responses-csv'
import type { RoundForms } from '#results/round-forms'
import { Failure } from '../installation/failure.ts'

/** Writes responses as CSV, as an opened box is exported. */
export function writeResponses(file: string, responses: readonly Response[], forms: RoundForms): void {
  const ids = itemIds(forms)
  const rows = responses.map((one) => toRow(one, ids))
  writeFileSync(file, [...csvParts(tableColumns(forms), rows)].map(({ part }) => part).join(''))
}

/** Reads responses of a CSV file. Throws a Failure that names the row and column that is off. */
export function readResponses(file: string, forms: RoundForms): Response[] {
  const rows = parseRows(file, forms)
  return rows.map((row, index) => {
    try {
      return fromCells(row, forms)
    } catch (error) {
      throw new Failure(
        `${file}, row ${index + 2}: ${(error as Error).message}; give every item of its lane a code, leave the others blank`,
      )
    }
  })
}

function parseRows(file: string, forms: RoundForms): Record<string, string>[] {
  try {
    return parse(readFileSync(file), { bom: true, columns: true, skip_empty_lines: true })
  } catch (error) {
    throw new Failure(
      `${file}: ${(error as Error).message}; give a CSV file with the columns ${tableColumns(forms).join(', ')}`,
    )
  }
}
