import { useTranslation } from 'react-i18next'
import { DISCLOSURE } from '#measures/plan'
import { languageOf } from '#protocol/language'
import { useFormWords } from '../asking/use-form-words.ts'
import { usePlan } from './plan-context.ts'

/** The name of an issue: the year's own, or the indicator's where a year has no issues. */
export function useIssueName(): (issue: string) => string {
  const { t, i18n } = useTranslation()
  const { map, forms } = usePlan()
  const { indicatorName } = useFormWords()
  return (issue) => {
    if (issue === DISCLOSURE) return t('measures.disclosure')
    const written = map?.issues.find(({ id }) => id === issue)?.name[languageOf(i18n.language)]
    const form = Object.values(forms.year.lanes).find(({ indicators }) => indicators.some(({ id }) => id === issue))
    return written ?? indicatorName(form?.id ?? '', issue)
  }
}
