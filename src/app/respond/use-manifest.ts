import { useEffect, useState } from 'react'
import { loadKnownCampaign } from '#device/campaign'
import type { Device } from '#device/device'
import type { Manifest } from '#protocol/manifest'
import type { Stage } from './stage.ts'

/** The round that the current screen is about, from what this phone has stored; null when it knows none, or several. */
export function useManifest(device: Device, stage: Stage): Manifest | null {
  const shown = manifestOf(stage)
  const [stored, setStored] = useState<Manifest | null>(null)
  useEffect(() => {
    if (shown) return
    // a store that does not answer is told on the screen that owns it; this page then speaks in general
    void storedManifest(device, stage).then(setStored, () => setStored(null))
  }, [device, stage, shown])
  return shown ?? stored
}

function manifestOf(stage: Stage): Manifest | null {
  if (stage.at === 'waiting') return stage.campaign?.manifest ?? null
  return stage.at === 'welcome' || stage.at === 'answering' ? (stage.session.campaign?.manifest ?? null) : null
}

async function storedManifest(device: Device, stage: Stage): Promise<Manifest | null> {
  const { campaigns, receipts } = await device.store.transact('relaxed', ['campaigns', 'receipts'], async (tx) => ({
    campaigns: await tx.all('campaigns'),
    receipts: await tx.all('receipts'),
  }))
  const delivered = stage.at === 'delivery' ? receipts.find(({ id }) => id === stage.receipt)?.cid : undefined
  const cid = (stage.at === 'delivery' ? stage.record?.cid : undefined) ?? delivered
  const id = cid ?? (campaigns.length === 1 ? campaigns[0]?.id : undefined)
  return id === undefined ? null : ((await loadKnownCampaign(device, id))?.manifest ?? null)
}
