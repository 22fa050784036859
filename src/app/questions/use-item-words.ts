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
  const scaleOf = (item: Item) => (item.options.length === 2 ? 'yesNo' : 'level')
  const optionWord = (item: Item, code: OptionCode): string => t(`respond:scale.${scaleOf(item)}.${code}`)
  return {
    wordsOf: (item: Item) => t(`${formId}:item.${item.id}`, { returnObjects: true }) as unknown as ItemWords,
    indicatorName: (indicator: Indicator): string => t(`${formId}:indicator.${indicator.id}`),
    optionWord,
    choicesOf: (item: Item): Choice[] =>
      item.options.map(({ code }) => ({ value: String(code), label: optionWord(item, code) })),
  }
}
