import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { publicReport } from '#measures/public-report'
import { LANGUAGES, type Language } from '#protocol/language'
import { isDemonstration } from '#protocol/manifest'
import { PUBLIC_REPORT } from '#protocol/public-report'
import { isDescribed } from '#protocol/shapes'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { ask, askFile, type Refused } from '../asking/ask.ts'
import { Confirm } from '../asking/confirm.tsx'
import { dayInWords } from '../asking/days.ts'
import { useOffice } from '../asking/office-context.ts'
import { RefusalNotice } from '../asking/refusal-notice.tsx'
import { manifestOf } from '../asking/rounds.ts'
import { saveFile } from '../asking/save-file.ts'
import { useLoaded } from '../asking/use-loaded.ts'
import { drawCard } from './draw-card.ts'
import { usePlan } from './plan-context.ts'
import { ReadyTexts } from './ready-texts.tsx'
import { useIssueNameIn } from './use-issue-name.ts'

/** The public page: published as the plan is now, and withdrawn, by an act. */
export function PublishPart() {
  const { t, i18n } = useTranslation()
  const { withProof } = useOffice()
  const { round, mayChange, desk } = usePlan()
  const report = usePublicReport()
  const load = useCallback(() => ask('GET /rounds/:cid/public-report', { cid: round.cid }), [round.cid])
  const { value, refused, set } = useLoaded(load)
  const [failed, setFailed] = useState<Refused | null>(null)
  if (!value) return <RefusalNotice refused={refused} />
  const isRight = isDescribed(PUBLIC_REPORT, report)
  const publish = async () => {
    await desk.sync()
    // what is not saved, or waits for a decision, is not what the team has agreed on
    if ([...desk.state().rows.values()].some(({ isOwn }) => isOwn)) {
      setFailed({ refused: 'unsaved' })
      return
    }
    const answer = await withProof(() => ask('PUT /rounds/:cid/public-report', { cid: round.cid, body: report }))
    setFailed('refused' in answer ? answer : null)
    if ('value' in answer) set(answer.value)
  }
  const withdraw = async () => {
    const answer = await withProof(() => ask('POST /rounds/:cid/withdraw-report', { cid: round.cid }))
    setFailed('refused' in answer ? answer : null)
    if ('value' in answer) set({ ...value, on: null })
  }
  return (
    <section className="no-print" data-published={value.on ?? ''}>
      <h2>{t('publish.title')}</h2>
      <p>{t('publish.lead')}</p>
      {value.on !== null && (
        <>
          <p>
            {t('publish.on', { day: dayInWords(value.on, i18n.language) })}{' '}
            <a href={value.link} target="_blank" rel="noreferrer noopener" data-public-link>
              {value.link}
            </a>
          </p>
          <Spreading link={value.link} />
        </>
      )}
      {!isRight && <Notice kind="warning">{t('publish.tooLong')}</Notice>}
      <div className="row">
        {mayChange && isRight && (
          <Confirm
            id="publish-report"
            label={t(value.on === null ? 'publish.publish' : 'publish.again')}
            yes={t('publish.yes')}
            onYes={publish}
          >
            <p>{t('publish.ask')}</p>
          </Confirm>
        )}
        {mayChange && value.on !== null && (
          <Confirm id="withdraw-report" label={t('publish.withdraw')} yes={t('publish.withdrawYes')} onYes={withdraw}>
            <p>{t('publish.withdrawAsk')}</p>
          </Confirm>
        )}
      </div>
      <RefusalNotice refused={failed} />
    </section>
  )
}

/** What would be published now. */
function usePublicReport() {
  const { i18n } = useTranslation()
  const { round, release, forms, issues } = usePlan()
  const nameIn = useIssueNameIn()
  const inLanguages = (make: (language: Language) => string) =>
    Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, string>
  const { level } = release
  return publicReport({
    ...{ release, forms, issues },
    demonstration: isDemonstration(manifestOf(round)),
    enquiries: manifestOf(round).enquiries,
    nameOf: (issue) => inLanguages((language) => nameIn(issue, language)),
    level: level === null ? null : inLanguages((language) => i18n.getFixedT(language, 'office')(`level.${level}`)),
  })
}

/** How people learn of it: a poster, a picture, texts. */
function Spreading({ link }: { link: string }) {
  const { t } = useTranslation()
  const { round, release, issues } = usePlan()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [failed, setFailed] = useState(false)
  const savePoster = async () => {
    const answer = await askFile('GET /rounds/:cid/report-poster', { cid: round.cid })
    setRefused('refused' in answer ? answer : null)
    if ('value' in answer)
      saveFile(`ita-${release.fiscalYear}-report-poster.pdf`, [await answer.value.arrayBuffer()], 'application/pdf')
  }
  const saveCard = async () => {
    const png = await drawCard(release, issues, link).catch(() => null)
    setFailed(png === null)
    if (png) saveFile(`ita-${release.fiscalYear}-card.png`, [png], 'image/png')
  }
  return (
    <>
      <div className="row">
        <Button id="save-report-poster" kind="secondary" onClick={() => void savePoster()}>
          {t('publish.poster')}
        </Button>
        <Button id="save-card" kind="secondary" onClick={() => void saveCard()}>
          {t('publish.card')}
        </Button>
      </div>
      {failed && <Notice kind="warning">{t('publish.cardFailed')}</Notice>}
      <ReadyTexts link={link} />
      <RefusalNotice refused={refused} />
    </>
  )
}
