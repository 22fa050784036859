import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#device/device'
import { knownCampaigns } from '#device/holdings'
import { type Evidence, evidenceOf } from '#protocol/evidence'
import type { Campaign } from '#protocol/manifest'
import { TopBar } from '#questions/top-bar.tsx'
import { usePreferences } from '#questions/use-preferences.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { EvidenceDesk } from './evidence-desk.tsx'
import { OwnQr } from './own-qr.tsx'
import { Said, Verdict } from './verdict.tsx'

interface WitnessProps {
  readonly device: Device
  /** What the address brought. */
  readonly first: Evidence | null
}

/** Two things that speak of a round, side by side: the same round or not, in large words. */
export function WitnessPage({ device, first }: WitnessProps) {
  const { t } = useTranslation('witness')
  const [preferences, setPreferences] = usePreferences(t('documentTitle'))
  const campaigns = useCampaigns(device)
  const [read, setRead] = useState<readonly Evidence[]>(first ? [first] : [])
  const [one, other] = read
  const take = (evidence: Evidence) => setRead((before) => [...before.slice(0, 1), evidence])
  const held = campaigns.map(evidenceOf).filter((mine) => one?.kind !== 'phone' || mine.cid !== one.cid)
  return (
    <>
      <TopBar preferences={preferences} onChange={setPreferences} />
      <Page title={t('title')} pageKey={`witness-${read.length}`}>
        {read.length === 0 && <p className="lead">{t('lead')}</p>}
        {one && other && <Verdict one={one} other={other} />}
        {read.map((evidence, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the first stays the first
          <Said key={at} evidence={evidence} place={at === 0 ? 'first' : 'second'} />
        ))}
        {!other && <EvidenceDesk key={read.length} place={one ? 'second' : 'first'} held={held} onEvidence={take} />}
        {one && (
          <Button kind={other ? 'primary' : 'quiet'} id="witness-again" onClick={() => setRead([])}>
            {t('again')}
          </Button>
        )}
        {campaigns.map((campaign) => (
          <OwnQr key={campaign.manifest.cid} campaign={campaign} origin={device.origin} />
        ))}
        {campaigns.length === 0 && <Notice>{t('phoneHoldsNone')}</Notice>}
        <p>
          <a className="button quiet" href="/">
            {t('back')}
          </a>
        </p>
      </Page>
    </>
  )
}

/** The rounds this phone has stored; none while it is looking, or where its storage does not answer. */
function useCampaigns(device: Device): readonly Campaign[] {
  const [campaigns, setCampaigns] = useState<readonly Campaign[]>([])
  useEffect(() => {
    void knownCampaigns(device).then(setCampaigns, () => setCampaigns([]))
  }, [device])
  return campaigns
}
