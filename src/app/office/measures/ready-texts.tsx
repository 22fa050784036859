import { useTranslation } from 'react-i18next'
import { filled } from '#documents/model'
import { DOCUMENT_WORDS } from '#i18n/office-words.ts'
import { toldCount } from '#measures/issues'
import { FIRST_LANGUAGE } from '#protocol/language'
import { Disclosure } from '#ui/disclosure.tsx'
import { CopyText } from '../asking/copy-text.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { usePlan } from './plan-context.ts'

const KINDS = ['line', 'mail', 'circular'] as const

/** Texts to send: with the round's facts in them, in the first language as whoever reads them does. */
export function ReadyTexts({ link }: { link: string }) {
  const { t } = useTranslation()
  const { round, release, findings, issues } = usePlan()
  const { texts } = DOCUMENT_WORDS
  const { total, agency, fiscalYear } = release
  const { target } = findings
  const said =
    total === null ? '' : filled(total < target ? texts.missed : texts.reached, { total: total.toFixed(2), target })
  const { who, how } = manifestOf(round).enquiries
  const { short, full } = agency[FIRST_LANGUAGE]
  const facts = {
    agency: short,
    full,
    year: fiscalYear,
    result: said,
    told: toldCount(issues),
    planned: issues.filter(({ measures }) => measures.length > 0).length,
    link,
    who,
    how,
  }
  return (
    <Disclosure summary={t('publish.texts')}>
      {KINDS.map((kind) => (
        <CopyText key={kind} name={kind} label={t(`publish.${kind}`)} text={filled(texts[kind], facts)} />
      ))}
    </Disclosure>
  )
}
