import { useTranslation } from 'react-i18next'
import type { Indicator, Item, OptionCode } from '#survey/questionnaire'
import type { Choice } from '#ui/choices.tsx'

interface ItemWords {
  readonly text: string
  /** Our explanation in plain words; not the questionnaire's wording. */
  readonly plain: string
  readonly example: string
}

/** Words of a questionnaire in the chosen language: they come with a year, so no compiler can know their keys. */
export function useItemWords(formId: string) {
  // the only place of these screens where a word's key is not checked
  const { t } = useTranslation(formId as 'respond')
  const word = (key: string): string => t(key as 'app.name')
  const optionWord = (item: Item, code: OptionCode): string =>
    word(`scale.${item.scale}.${item.options.findIndex((option) => option.code === code)}`)
  return {
    wordsOf: (item: Item) => t(`item.${item.id}` as 'app', { returnObjects: true }) as unknown as ItemWords,
    indicatorName: (indicator: Indicator): string => word(`indicator.${indicator.id}`),
    noteWord: (note: string): string => word(`note.${note}`),
    optionWord,
    choicesOf: (item: Item): Choice[] =>
      item.options.map(({ code }) => ({ value: String(code), label: optionWord(item, code) })),
  }
}
