import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/universal'
import { type ExportRow, ITEM_IDS } from '../responses-csv.ts'
import { type CodebookLine, codebook } from './codebook.ts'
import { type ExportInput, TABLE_FORMS } from './export-input.ts'
import { itemText } from './export-words.ts'
import { type ScoreLine, scoreLines } from './score-lines.ts'

const FONT = 'TH Sarabun New'

/**
 * A workbook: responses as numbers under Thai headings that stay in sight, what each code means, and the scores. Text is
 * text: a name that begins with an equals sign is not a formula. Carries no author and no time of anybody.
 */
export function xlsxFile(input: ExportInput, rows: readonly ExportRow[]): Promise<Blob> {
  const { words, release } = input
  const { sheet } = words.export
  return writeExcelFile(
    [
      {
        sheet: sheet.responses,
        data: responsesSheet(input, rows),
        stickyRowsCount: 1,
        stickyColumnsCount: 1,
        columns: [{ width: 22 }, ...ITEM_IDS.map(() => ({ width: 14 }))],
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
          scoreLines(release, words),
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

function responsesSheet({ words }: ExportInput, rows: readonly ExportRow[]): SheetData {
  const texts = ITEM_IDS.map((id) => {
    const form = TABLE_FORMS.find((one) => words.questionnaires[one]?.item[id]) ?? TABLE_FORMS[0]
    return heading(`${id} ${itemText(words, form, id)}`)
  })
  return [[heading(words.export.lane.title), ...texts], ...rows.map((row) => [...row] as Row)]
}

function codebookSheet({ words }: ExportInput): SheetData {
  const { codebook: head } = words.export
  const columns: readonly (keyof CodebookLine)[] = ['item', 'instrument', 'indicator', 'text', 'code', 'label', 'score']
  const lines = codebook(words).map(
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
