import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabletRecord } from '#device/store'
import { fromBase64Url } from '#protocol/bytes'
import { modulesOfText } from '#protocol/qr'
import { SIZES } from '#protocol/sizes'
import { slipLink } from '#protocol/slip-link'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { QrPicture } from '#ui/qr-picture.tsx'

/** Long enough to take a phone out; then the QR goes, and nobody else finds it. */
const SHOWN_MS = 90_000

interface OwnPhoneProps {
  readonly tablet: TabletRecord
  readonly origin: string
  readonly code: string | null
  readonly onDone: () => void
}

/** A slip on the screen, good for one answer on the visitor's own phone; each visitor gets another. */
export function OwnPhoneScreen({ tablet, origin, code, onDone }: OwnPhoneProps) {
  const { t } = useTranslation('counter')
  useEffect(() => {
    const timer = setTimeout(onDone, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [onDone])
  const [cid, mh] = [fromBase64Url(tablet.cid, SIZES.campaignId), fromBase64Url(tablet.mh, SIZES.manifestHash)]
  const link = code && cid && mh ? slipLink(origin, { cid, mh, code }) : null
  const modules = useMemo(() => (link ? modulesOfText(link) : null), [link])
  return (
    <Page title={t('own.title')} pageKey="own-phone">
      {link ? <p className="lead">{t('own.text')}</p> : <Notice kind="warning">{t('own.none')}</Notice>}
      {modules && <QrPicture modules={modules} label={t('own.title')} />}
      <Button id="next-visitor" onClick={onDone}>
        {t('own.done')}
      </Button>
    </Page>
  )
}
