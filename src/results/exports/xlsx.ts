import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/universal'
import { tableForms } from '../round-forms.ts'
import { type CodebookLine, codebook } from './codebook.ts'
import type { ExportInput, ExportRows } from './export-input.ts'
import { itemText } from './export-words.ts'
import { type FindingLine, findingLines } from './finding-lines.ts'
import { type ScoreLine, scoreLines } from './score-lines.ts'
import { fontsInOrder, WORKBOOK_FONT } from './workbook-fonts.ts'

/**
 * A workbook: the scores, what needs doing, responses as numbers under headings that stay in sight, and what each code means. Text is
 * text: a name that begins with an equals sign is not a formula. Carries no author and no time of anybody.
 */
export function xlsxFile(input: ExportInput, rows: ExportRows): Promise<Blob> {
  const { words, release, forms } = input
  const items = tableForms(forms).flatMap((form) => form.items)
  const { sheet } = words.export
  const findings = findingLines(input)
  return writeExcelFile(
    [
      // first what somebody opens the file for
      {
        sheet: sheet.scores,
        data: scoresSheet(
          `${words.export.notice} ${words.export.rows[input.rowsAre]}`,
          scoreLines(release, words, forms),
          input,
        ),
        stickyRowsCount: 2,
        columns: columnsOf(30, 90, 12, 10, 60),
      },
      ...(findings.length > 0
        ? [
            {
              sheet: sheet.findings,
              data: findingsSheet(findings, input),
              stickyRowsCount: 1,
              columns: columnsOf(44, 8, 90, 12, 30),
            },
          ]
        : []),
      {
        sheet: sheet.responses,
        data: responsesSheet(input, rows),
        stickyRowsCount: 1,
        stickyColumnsCount: 1,
        columns: columnsOf(22, ...items.map(() => 14)),
      },
      {
        sheet: sheet.codebook,
        data: codebookSheet(input),
        stickyRowsCount: 1,
        columns: columnsOf(8, 10, 34, 80, 8, 24, 10),
      },
    ],
    { ...WORKBOOK_FONT, features: [fontsInOrder] },
  ).toBlob()
}

const columnsOf = (...widths: readonly number[]) => widths.map((width) => ({ width }))

const heading = (value: string) =>
  ({ value, fontWeight: 'bold', wrap: true, alignVertical: 'top', backgroundColor: '#DCECE6' }) as const

function responsesSheet({ words, forms }: ExportInput, rows: ExportRows): SheetData {
  const texts = tableForms(forms).flatMap((form) =>
    form.items.map(({ id }) => heading(`${id} ${itemText(words, form.id, id)}`)),
  )
  return [[heading(words.export.lane.title), ...texts], ...Array.from(rows, (row) => [...row] as Row)]
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

function findingsSheet(lines: readonly FindingLine[], { words }: ExportInput): SheetData {
  const { findings } = words.export
  const head = [findings.issue, findings.item, findings.text, findings.score, findings.how].map(heading)
  const rows = lines.map(
    ({ issue, item, text, score, how }): Row => [
      { value: issue, wrap: true },
      item,
      { value: text, wrap: true },
      { value: score, format: '0.00' },
      { value: how, wrap: true },
    ],
  )
  return [head, ...rows]
}

function scoresSheet(notice: string, lines: readonly ScoreLine[], { words }: ExportInput): SheetData {
  const { scores } = words.export
  const head = [scores.part, scores.what, scores.score, scores.n, scores.evidence].map(heading)
  const rows = lines.map(
    ({ part, what, score, n, evidence }): Row => [
      { value: part, wrap: true },
      { value: what, wrap: true },
      score === null ? null : { value: score, format: '0.00' },
      n,
      evidence === undefined ? null : { value: evidence, wrap: true },
    ],
  )
  return [[heading(notice)], head, ...rows]
}
