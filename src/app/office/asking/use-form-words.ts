import { useTranslation } from 'react-i18next'

/** The wording of questionnaires: words that come with a year, whose keys no compiler can know. */
export function useFormWords() {
  const { t } = useTranslation()
  // the only place in the room where a word's key is not checked
  const word = (form: string, key: string): string => t(`${form}:${key}` as 'title')
  return {
    formTitle: (form: string) => word(form, 'title'),
    indicatorName: (form: string, id: string) => word(form, `indicator.${id}`),
    groupName: (form: string, id: string) => word(form, `group.${id}`),
    itemText: (form: string, id: string) => word(form, `item.${id}.text`),
    /** What an item means in plain words, and an example of it. */
    itemHelp: (form: string, id: string) => ({
      plain: word(form, `item.${id}.plain`),
      example: word(form, `item.${id}.example`),
    }),
    /** The option at a place of a set, the first one 0. */
    optionWord: (form: string, set: string, at: number) => word(form, `scale.${set}.${at}`),
  }
}
