import { useTranslation } from 'react-i18next'
import type { TabletRecord } from '#device/store'
import { Owner, WhomToAsk } from '#questions/owner.tsx'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import type { Asked } from './use-tablet-form.ts'

interface AttractProps {
  readonly tablet: TabletRecord
  /** What visitors are asked, and by whom; nobody can start before it is here. */
  readonly asked: Asked | 'loading' | 'outdated'
  readonly onStart: () => void
  readonly onOwnPhone: () => void
  readonly onOfficer: () => void
}

/** What stands on the tablet between two visitors. */
export function AttractScreen({ tablet, asked, onStart, onOwnPhone, onOfficer }: AttractProps) {
  const { t } = useTranslation('counter')
  const { t: general } = useTranslation()
  const ready = asked !== 'loading' && asked !== 'outdated' ? asked : null
  const { manifest, questionnaire } = ready ?? {}
  const minutes = questionnaire?.minutes ?? null
  const interview = tablet.enrolment?.lane === 'eit-survey'
  return (
    <Page
      title={t('attract.title')}
      pageKey="attract"
      eyebrow={manifest ? <Owner manifest={manifest} what={general('lane.eit')} /> : general('lane.eit')}
    >
      <p className="lead">{minutes === null ? t('attract.lead') : t('attract.length', { minutes })}</p>
      {interview && <p className="lead">{t('attract.interview')}</p>}
      {ready ? (
        <Button id="start" onClick={onStart}>
          {t('attract.start')}
        </Button>
      ) : (
        <Notice kind={asked === 'outdated' ? 'warning' : 'calm'} live>
          {asked === 'outdated' ? t('attract.outdated') : t('attract.loading')}
        </Notice>
      )}
      {ready && !interview && (
        <Button kind="secondary" id="own-phone" onClick={onOwnPhone}>
          {t('attract.ownPhone')}
        </Button>
      )}
      <p>{t('attract.sealed')}</p>
      {manifest && <WhomToAsk manifest={manifest} />}
      <p className="small">{general('app.rehearsal')}</p>
      <div className="row officer">
        <span className="small">{t('attract.point', { point: tablet.enrolment?.point })}</span>
        <Button kind="quiet" id="officer" onClick={onOfficer}>
          {t('attract.officer')}
        </Button>
      </div>
    </Page>
  )
}
