import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { INTL_LOCALES, languageOf } from '#protocol/language'
import type { PublicReport, PublishedReport } from '#protocol/public-report'
import { TopBar } from '#questions/top-bar.tsx'
import { usePreferences } from '#questions/use-preferences.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { type LoadedReport, loadReport } from './load-report.ts'
import { ScoreScale } from './score-scale.tsx'
import { Told } from './told.tsx'

/** What the survey said, what is done about it, by whom and until when, and how far it is: in plain words. */
export function ReportPage({ name }: { name: string }) {
  const { t } = useTranslation('report')
  const [preferences, setPreferences] = usePreferences(t('documentTitle'))
  const [loaded, setLoaded] = useState<LoadedReport | null>(null)
  useEffect(() => {
    const look = () => void loadReport(name).then(setLoaded)
    look()
    window.addEventListener('online', look)
    return () => window.removeEventListener('online', look)
  }, [name])
  return (
    <>
      <TopBar preferences={preferences} onChange={setPreferences} />
      {loaded?.at === 'here' ? (
        <Report published={loaded.published} kept={loaded.kept} />
      ) : (
        <Page title={t('title')} pageKey={`report-${loaded?.at ?? 'asking'}`}>
          <Notice live>{t(loaded ? loaded.at : 'asking')}</Notice>
        </Page>
      )}
    </>
  )
}

function Report({ published: { on, report }, kept }: { published: PublishedReport; kept: boolean }) {
  const { t, i18n } = useTranslation('report')
  const language = languageOf(i18n.language)
  const day = new Intl.DateTimeFormat(INTL_LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' })
  const done = report.told.flatMap(({ measures }) => measures)
  return (
    <Page title={t('of', { year: report.fiscalYear })} eyebrow={report.agency[language].full} pageKey="report">
      <Result report={report} />
      {report.demonstration && <Notice kind="warning">{t('demonstration')}</Notice>}
      <p className="small">{t('own')}</p>
      {kept && <Notice>{t('kept')}</Notice>}
      <h2>{t('told')}</h2>
      <p>
        {t('toldLead', {
          count: report.told.filter(({ asked }) => asked).length,
          done: done.filter(({ state }) => state === 'done').length,
        })}
      </p>
      {report.told.map((told) => (
        <Told key={told.name.th} told={told} />
      ))}
      <h2>{t('ask')}</h2>
      <p lang="th">
        {report.enquiries.who} · {report.enquiries.how}
      </p>
      <p className="small">{t('on', { day: day.format(new Date(`${on}T00:00:00Z`)) })}</p>
      <div className="row no-print">
        <Button kind="secondary" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
    </Page>
  )
}

/** The score first, in a sentence and on a scale with the target. */
function Result({ report }: { report: PublicReport }) {
  const { t, i18n } = useTranslation('report')
  const language = languageOf(i18n.language)
  const { total, target, level, instruments, indicators } = report
  return (
    <section data-report={report.cid}>
      {total !== null && (
        <>
          <p className="lead" data-total={total.toFixed(2)}>
            {t(total >= target ? 'reached' : 'missed', { total: total.toFixed(2), target })}{' '}
            {level && t('level', { level: level[language] })}
          </p>
          <ScoreScale score={total} target={target} label={t('scale', { score: total.toFixed(2), target })} />
        </>
      )}
      <ul className="report-scores">
        {instruments.map(({ id, score }) => (
          <li key={id}>
            <strong>{score.toFixed(2)}</strong> {t(`instrument.${id}`)}
          </li>
        ))}
      </ul>
      <details className="disclosure">
        <summary>{t('indicators')}</summary>
        <ul className="report-indicators">
          {indicators.map(({ id, name, score }) => (
            <li key={id}>
              <span>
                {name[language]} <strong>{score.toFixed(2)}</strong>
              </span>
              <ScoreScale score={score} target={target} label={t('scale', { score: score.toFixed(2), target })} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
