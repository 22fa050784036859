import { type RoundForms, tableForms } from '../round-forms.ts'
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
export function codebook(words: WordBundles, forms: RoundForms): CodebookLine[] {
  return tableForms(forms).flatMap(({ id: form, indicators, instrument }) =>
    indicators.flatMap(({ id, items }) =>
      items.flatMap((item) =>
        item.options.map(({ code, score }) => ({
          item: item.id,
          instrument: instrument.toUpperCase(),
          indicator: `${id} ${words.questionnaires[form]?.indicator[id] ?? ''}`.trim(),
          text: itemText(words, form, item.id),
          code,
          label: optionLabel(words, form, item, code),
          score,
        })),
      ),
    ),
  )
}
