import { questionnaire } from '../questionnaires.ts'
import { TABLE_FORMS } from './export-input.ts'
import { itemText, optionLabel, type WordBundles } from './export-words.ts'

/** One option of one item: what a code in the table means, and what it is worth. */
export interface CodebookLine {
  readonly item: string
  readonly instrument: string
  readonly indicator: string
  readonly text: string
  readonly code: number
  readonly label: string
  readonly score: number
}

/** What every code in the table of responses means. */
export function codebook(words: WordBundles): CodebookLine[] {
  return TABLE_FORMS.flatMap((form) => {
    const { indicators, instrument } = questionnaire(form)
    return indicators.flatMap(({ id, items }) =>
      items.flatMap((item) =>
        item.options.map(({ code, score }) => ({
          item: item.id,
          instrument: instrument.toUpperCase(),
          indicator: `${id} ${words.questionnaires[form]?.indicator[id] ?? ''}`.trim(),
          text: itemText(words, form, item.id),
          code,
          label: optionLabel(words, item.scale, code),
          score,
        })),
      ),
    )
  })
}
