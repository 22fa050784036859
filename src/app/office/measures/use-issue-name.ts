import { useTranslation } from 'react-i18next'
import { wordsIn } from '#instruments/years'
import { DISCLOSURE } from '#measures/plan'
import { type Language, languageOf } from '#protocol/language'
import { usePlan } from './plan-context.ts'

/** The name of an issue in a language: the year's own, or the indicator's where a year has no issues. */
export function useIssueNameIn(): (issue: string, language: Language) => string {
  const { i18n } = useTranslation()
  const { map, release } = usePlan()
  return (issue, language) => {
    if (issue === DISCLOSURE) return i18n.getFixedT(language, 'office')('measures.disclosure')
    const written = map?.issues.find(({ id }) => id === issue)?.name[language]
    const named = Object.values(wordsIn(release.asked, language)).find(({ indicator }) => issue in indicator)
    return written ?? named?.indicator[issue] ?? i18n.getFixedT(language, 'office')('measures.otherIssue')
  }
}

/** The same in the screen's language. */
export function useIssueName(): (issue: string) => string {
  const { i18n } = useTranslation()
  const nameIn = useIssueNameIn()
  return (issue) => nameIn(issue, languageOf(i18n.language))
}
