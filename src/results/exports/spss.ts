import { utf8 } from '#protocol/bytes'
import type { Item } from '#survey/questionnaire'
import { COUNTED_LANES, tableForms } from '../round-forms.ts'
import type { ExportInput } from './export-input.ts'
import { itemText, optionLabel } from './export-words.ts'

/** Bytes a label may have; Thai takes three for a letter. */
const LONGEST = { variable: 250, value: 118 } as const

/** Syntax that reads the CSV beside it, with Thai labels for variables and codes. Scores are not in it: they are derived. */
export function spssSyntax(
  { words, rowsAre, forms }: Pick<ExportInput, 'words' | 'rowsAre' | 'forms'>,
  csvFile: string,
): string {
  const items = tableForms(forms).flatMap((form) => form.items.map((item) => ({ form: form.id, item })))
  // as wide as the longest code: a narrower column would show stars
  const widthOf = ({ options }: Item) => Math.max(1, ...options.map(({ code }) => String(code).length))
  const variables = items.map(({ item }) => `  ${item.id} F${widthOf(item)}.0`).join('\n')
  const labels = items.map(
    ({ form, item }) => `  ${item.id} ${label(itemText(words, form, item.id), LONGEST.variable)}`,
  )
  const codes = ({ options }: Item) => options.map(({ code }) => code)
  const wordsOf = ({ form, item }: (typeof items)[number]) =>
    codes(item)
      .map((code) => `    ${code} ${label(optionLabel(words, form, item, code), LONGEST.value)}`)
      .join('\n')
  // items whose codes mean the same share one list
  const scales = [...new Set(items.map(wordsOf))].map(
    (list) =>
      `  ${items
        .filter((one) => wordsOf(one) === list)
        .map(({ item }) => item.id)
        .join(' ')}\n${list}`,
  )
  const lanes = COUNTED_LANES.map(
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
