import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/universal'
import type { ExportRow } from '../responses-csv.ts'
import { tableForms } from '../round-forms.ts'
import { type CodebookLine, codebook } from './codebook.ts'
import type { ExportInput } from './export-input.ts'
import { itemText } from './export-words.ts'
import { type ScoreLine, scoreLines } from './score-lines.ts'

const FONT = 'TH Sarabun New'

/**
 * A workbook: responses as numbers under Thai headings that stay in sight, what each code means, and the scores. Text is
 * text: a name that begins with an equals sign is not a formula. Carries no author and no time of anybody.
 */
export function xlsxFile(input: ExportInput, rows: readonly ExportRow[]): Promise<Blob> {
  const { words, release, forms } = input
  const items = tableForms(forms).flatMap((form) => form.items)
  const { sheet } = words.export
  return writeExcelFile(
    [
      {
        sheet: sheet.responses,
        data: responsesSheet(input, rows),
        stickyRowsCount: 1,
        stickyColumnsCount: 1,
        columns: [{ width: 22 }, ...items.map(() => ({ width: 14 }))],
      },
      {
        sheet: sheet.codebook,
        data: codebookSheet(input),
        stickyRowsCount: 1,
        columns: [
          { width: 8 },
          { width: 10 },
          { width: 34 },
          { width: 80 },
          { width: 8 },
          { width: 24 },
          { width: 10 },
        ],
      },
      {
        sheet: sheet.scores,
        data: scoresSheet(
          `${words.export.notice} ${words.export.rows[input.rowsAre]}`,
          scoreLines(release, words, forms),
          input,
        ),
        stickyRowsCount: 2,
        columns: [{ width: 30 }, { width: 90 }, { width: 12 }, { width: 10 }],
      },
    ],
    { fontFamily: FONT, fontSize: 14 },
  ).toBlob()
}

const heading = (value: string) =>
  ({ value, fontWeight: 'bold', wrap: true, alignVertical: 'top', backgroundColor: '#DCECE6' }) as const

function responsesSheet({ words, forms }: ExportInput, rows: readonly ExportRow[]): SheetData {
  const texts = tableForms(forms).flatMap((form) =>
    form.items.map(({ id }) => heading(`${id} ${itemText(words, form.id, id)}`)),
  )
  return [[heading(words.export.lane.title), ...texts], ...rows.map((row) => [...row] as Row)]
}

function codebookSheet({ words, forms }: ExportInput): SheetData {
  const { codebook: head } = words.export
  const columns: readonly (keyof CodebookLine)[] = ['item', 'instrument', 'indicator', 'text', 'code', 'label', 'score']
  const lines = codebook(words, forms).map(
    (line): Row =>
      columns.map((column) =>
        typeof line[column] === 'number' ? line[column] : { value: String(line[column]), wrap: true },
      ),
  )
  return [columns.map((column) => heading(head[column])), ...lines]
}

function scoresSheet(notice: string, lines: readonly ScoreLine[], { words }: ExportInput): SheetData {
  const { scores } = words.export
  const head = [scores.part, scores.what, scores.score, scores.n].map(heading)
  const rows = lines.map(
    ({ part, what, score, n }): Row => [
      { value: part, wrap: true },
      { value: what, wrap: true },
      score === null ? null : { value: score, format: '0.00' },
      n,
    ],
  )
  return [[heading(notice)], head, ...rows]
}
