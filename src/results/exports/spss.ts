import { utf8 } from '#protocol/bytes'
import { questionnaire } from '../questionnaires.ts'
import { TABLE_LANES } from '../responses-csv.ts'
import { type ExportInput, TABLE_FORMS } from './export-input.ts'
import { itemText, optionLabel } from './export-words.ts'

/** Bytes a label may have; Thai takes three for a letter. */
const LONGEST = { variable: 250, value: 118 } as const

/** Syntax that reads the CSV beside it, with Thai labels for variables and codes. Scores are not in it: they are derived. */
export function spssSyntax({ words, rowsAre }: Pick<ExportInput, 'words' | 'rowsAre'>, csvFile: string): string {
  const items = TABLE_FORMS.flatMap((form) => questionnaire(form).items.map((item) => ({ form, item })))
  const variables = items.map(({ item }) => `  ${item.id} F1.0`).join('\n')
  const labels = items.map(
    ({ form, item }) => `  ${item.id} ${label(itemText(words, form, item.id), LONGEST.variable)}`,
  )
  const scales = [...new Set(items.map(({ item }) => item.scale))].map((scale) => {
    const own = items.filter(({ item }) => item.scale === scale)
    const codes = own[0]?.item.options.map(({ code }) => code) ?? []
    const values = codes
      .map((code) => `    ${code} ${label(optionLabel(words, scale, code), LONGEST.value)}`)
      .join('\n')
    return `  ${own.map(({ item }) => item.id).join(' ')}\n${values}`
  })
  const lanes = TABLE_LANES.map(
    (lane) => `    ${label(lane, LONGEST.value)} ${label(words.export.lane[lane], LONGEST.value)}`,
  )
  return [
    '\uFEFF* Encoding: UTF-8.',
    `* ${words.export.notice}`.replace(/\.?$/, '.'),
    `* ${words.export.rows[rowsAre]}`.replace(/\.?$/, '.'),
    `GET DATA /TYPE=TXT /FILE=${label(csvFile, LONGEST.variable)} /ENCODING='UTF8'`,
    '  /DELIMITERS="," /QUALIFIER=\'"\' /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=',
    `  lane A12\n${variables}.`,
    `VARIABLE LABELS\n  lane ${label(words.export.lane.title, LONGEST.variable)}\n${labels.join('\n')}.`,
    `VALUE LABELS\n  lane\n${lanes.join('\n')}\n  /${scales.join('\n  /').trimStart()}.`,
    `VARIABLE LEVEL lane (NOMINAL) /${items.map(({ item }) => item.id).join(' ')} (ORDINAL).`,
    'EXECUTE.',
    '',
  ]
    .join('\n')
    .replaceAll('\n', '\r\n')
}

/** A quoted label that fits: cut between letters, apostrophes doubled, on one line. */
function label(text: string, mostBytes: number): string {
  let cut = ''
  // by what a reader sees as one letter: a Thai vowel never loses its consonant; doubled only when it is whole
  for (const letter of text.replace(/\s+/g, ' ').match(/\P{M}\p{M}*/gu) ?? []) {
    const more = cut + letter.replaceAll("'", "''")
    if (utf8(more).length > mostBytes) break
    cut = more
  }
  return `'${cut}'`
}
