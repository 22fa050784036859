import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { csvParts } from '#results/exports/csv'
import type { Response } from '#results/open-responses'
import { fromCells, toRow } from '#results/responses-csv'
import { Failure } from './failure.ts'

/** Writes responses as CSV, as an opened box is exported. */
export function writeResponses(file: string, responses: readonly Response[]): void {
  writeFileSync(file, [...csvParts(responses.map(toRow))].map(({ part }) => part).join(''))
}

/** Reads responses of a CSV file. Throws a Failure that names the row and column that is off. */
export function readResponses(file: string): Response[] {
  const rows = parseRows(file)
  return rows.map((row, index) => {
    try {
      return fromCells(row)
    } catch (error) {
      throw new Failure(
        `${file}, row ${index + 2}: ${(error as Error).message}; give every item of its lane a code, leave the others blank`,
      )
    }
  })
}

function parseRows(file: string): Record<string, string>[] {
  try {
    return parse(readFileSync(file), { bom: true, columns: true, skip_empty_lines: true })
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}; give a CSV file with the columns lane, I1…I30, E1…E15`)
  }
}
