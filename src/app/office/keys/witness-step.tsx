import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { witnessLink } from '#protocol/evidence'
import type { RoundView } from '#protocol/office'
import { modulesOfText } from '#protocol/qr'
import { QrPicture } from '#ui/qr-picture.tsx'
import { campaignOf } from '../asking/rounds.ts'

interface WitnessStepProps {
  readonly round: RoundView
  /** Where in the life of a round people compare. */
  readonly when: 'ceremony' | 'handout' | 'closing'
}

/**
 * What people compare on their own phones, because this page and the paper come from one server: it could show the team
 * one round and phones another. The QR is made here, of the manifest that this browser has read.
 */
export function WitnessStep({ round, when }: WitnessStepProps) {
  const { t } = useTranslation()
  const [modules, setModules] = useState<boolean[][] | null>(null)
  const { manifest, origin } = round
  useEffect(() => {
    let current = true
    void campaignOf({ manifest }).then((campaign) => {
      if (current && campaign) setModules(modulesOfText(witnessLink(origin, campaign)))
    })
    return () => {
      current = false
    }
  }, [manifest, origin])
  return (
    <section className="witness-step no-print" data-witness={when}>
      <h2>{t('witness.title')}</h2>
      <p>{t(`witness.${when}`)}</p>
      {modules && <QrPicture modules={modules} label={t('witness.qr')} />}
      <p className="help">{t('witness.why')}</p>
    </section>
  )
}
