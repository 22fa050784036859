import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseEnrolment } from '#protocol/counter'
import { filmQrs } from '#questions/camera.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import type { OpenedLink } from './find-stage.ts'
import type { CounterStage } from './stage.ts'

interface EnrolProps {
  readonly stage: Extract<CounterStage, { at: 'enrol' }>
  readonly onAgain: () => void
  readonly onLink: (link: OpenedLink) => void
  readonly onGoOn: () => void
}

/** The tablet is not set up yet, or the link gives nothing. */
export function EnrolScreen({ stage: { why, known }, onAgain, onLink, onGoOn }: EnrolProps) {
  const { t } = useTranslation('counter')
  const [scanning, setScanning] = useState(false)
  const calm = why === 'none' || why === 'asking' || why === 'install-first'
  const canAct = why !== 'asking' && why !== 'line' && why !== 'install-first'
  return (
    <Page title={t('enrol.title')} pageKey="enrol">
      <div data-enrol={why}>
        <Notice kind={calm ? 'calm' : 'warning'} live>
          {t(`enrol.${why}`)}
        </Notice>
      </div>
      {scanning && <LinkCamera onLink={onLink} onStop={() => setScanning(false)} />}
      {canAct && !scanning && (
        <div className="rescue">
          <Button id="scan-link" onClick={() => setScanning(true)}>
            {t('enrol.scan')}
          </Button>
          <Button kind="secondary" id="enrol-again" onClick={onAgain}>
            {t('enrol.again')}
          </Button>
          {known && (
            <Button kind="secondary" id="go-on" onClick={onGoOn}>
              {t('enrol.goOn')}
            </Button>
          )}
        </div>
      )}
    </Page>
  )
}

/** Reads the enrolment QR inside the app: an app on the home screen is not opened by a link. */
function LinkCamera({ onLink, onStop }: { onLink: (link: OpenedLink) => void; onStop: () => void }) {
  const { t } = useTranslation('counter')
  const video = useRef<HTMLVideoElement>(null)
  const [noCamera, setNoCamera] = useState(false)
  useEffect(() => {
    const life = { over: false }
    const onSeen = async (text: string) => {
      const link = parseEnrolment(text.slice(text.indexOf('#')))
      if (link && !life.over) onLink(link)
      return link !== null
    }
    if (video.current) void filmQrs(video.current, life, onSeen).then((filmed) => setNoCamera(!filmed))
    return () => {
      life.over = true
    }
  }, [onLink])
  return (
    <div data-scan={noCamera ? 'no-camera' : 'on'}>
      <video ref={video} className="camera" muted playsInline hidden={noCamera} />
      <Notice live kind={noCamera ? 'warning' : 'calm'}>
        {t(noCamera ? 'enrol.noCamera' : 'enrol.scanHelp')}
      </Notice>
      <Button kind="secondary" onClick={onStop}>
        {t('panel.picturesStop')}
      </Button>
    </div>
  )
}
