import { create } from 'qrcode'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { TabletRecord } from '#device/store'
import { fromBase64Url } from '#protocol/bytes'
import { SIZES } from '#protocol/sizes'
import { slipLink } from '#protocol/slip-link'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'

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
  return (
    <Page title={t('own.title')} pageKey="own-phone">
      {link ? <p className="lead">{t('own.text')}</p> : <Notice kind="warning">{t('own.none')}</Notice>}
      {link && <Qr text={link} label={t('own.title')} />}
      <Button id="next-visitor" onClick={onDone}>
        {t('own.done')}
      </Button>
    </Page>
  )
}

/** Black on white whatever the colours of the page are: cameras expect it. */
function Qr({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 8
  const dark: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) dark.push(`M${column + 4} ${row + 4}h1v1h-1z`)
    }
  }
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
