import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { witnessLink } from '#protocol/evidence'
import type { Campaign } from '#protocol/manifest'
import { modulesOfText } from '#protocol/qr'
import { Disclosure } from '#ui/disclosure.tsx'
import { QrPicture } from '#ui/qr-picture.tsx'

/** This phone's round as a QR, for a colleague's phone: two phones that were shown different rounds find out. */
export function OwnQr({ campaign, origin }: { campaign: Campaign; origin: string }) {
  const { t } = useTranslation('witness')
  const modules = useMemo(() => modulesOfText(witnessLink(origin, campaign)), [campaign, origin])
  return (
    <Disclosure summary={t('own.show')}>
      <p>{t('own.text')}</p>
      <QrPicture modules={modules} label={t('own.label')} />
    </Disclosure>
  )
}
