import { useTranslation } from 'react-i18next'
import type { Indicator, Item, OptionCode } from '#survey/questionnaire'
import type { Choice } from '#ui/choices.tsx'

interface ItemWords {
  readonly text: string
  /** Our explanation in plain words; not the questionnaire's wording. */
  readonly plain: string
  readonly example: string
}

/** Words of a questionnaire in the chosen language. */
export function useItemWords(formId: string) {
  const { t } = useTranslation([formId, 'respond'])
  const optionWord = (item: Item, code: OptionCode): string => {
    const place = item.options.findIndex((option) => option.code === code)
    return t(`${formId}:scale.${item.scale}.${place}`)
  }
  return {
    wordsOf: (item: Item) => t(`${formId}:item.${item.id}`, { returnObjects: true }) as unknown as ItemWords,
    indicatorName: (indicator: Indicator): string => t(`${formId}:indicator.${indicator.id}`),
    noteWord: (note: string): string => t(`${formId}:note.${note}`),
    optionWord,
    choicesOf: (item: Item): Choice[] =>
      item.options.map(({ code }) => ({ value: String(code), label: optionWord(item, code) })),
  }
}
