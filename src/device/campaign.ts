import { fromBase64Url, fromUtf8, sameBytes, toBase64Url, utf8 } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { type Campaign, type ManifestForm, readCampaign } from '#protocol/manifest'
import { readRefusal } from '#protocol/messages'
import { SIZES } from '#protocol/sizes'
import { askCollector } from './ask-collector.ts'
import type { Device } from './device.ts'
import { RECORD_VERSION } from './store.ts'

export type CampaignOutcome =
  | { readonly outcome: 'ready'; readonly campaign: Campaign }
  | { readonly outcome: 'not-reached' }
  | { readonly outcome: 'refused'; readonly reason: 'campaign-unknown' | 'manifest-mismatch' }

/** A campaign this device already knows, or null. */
export async function loadKnownCampaign(device: Device, cid: string): Promise<Campaign | null> {
  const record = await device.store.transact('relaxed', ['campaigns'], (tx) => tx.get('campaigns', cid))
  return record ? readCampaign(utf8(record.manifest)) : null
}

/**
 * The campaign of a slip: from this device, or fetched once. A manifest whose hash is not the slip's is refused:
 * a key made for one person would show here. It is stored only after that; without a hash only a stored one is trusted.
 */
export async function loadCampaign(device: Device, cid: Uint8Array, mh?: Uint8Array): Promise<CampaignOutcome> {
  const id = toBase64Url(cid)
  const known = await loadKnownCampaign(device, id)
  if (known) return !mh || sameBytes(known.mh, mh) ? { outcome: 'ready', campaign: known } : MISMATCH
  return mh ? fetchCampaign(device, id, mh) : { outcome: 'not-reached' }
}

const MISMATCH = { outcome: 'refused', reason: 'manifest-mismatch' } as const

async function fetchCampaign(device: Device, id: string, mh: Uint8Array): Promise<CampaignOutcome> {
  const reply = await askCollector(device, `/v2/campaigns/${id}`)
  if (!reply.reached || !reply.json) return { outcome: 'not-reached' }
  if (readRefusal(reply.body) === 'campaign-unknown') return { outcome: 'refused', reason: 'campaign-unknown' }
  const campaign = reply.status === 200 ? await readCampaign(reply.body) : null
  if (!campaign) return { outcome: 'not-reached' }
  if (campaign.manifest.cid !== id || !sameBytes(campaign.mh, mh)) return MISMATCH
  const manifest = fromUtf8(reply.body)
  await device.store.transact('strict', ['campaigns'], (tx) => tx.put('campaigns', { id, v: RECORD_VERSION, manifest }))
  return { outcome: 'ready', campaign }
}

/** The bytes of a campaign id. Throws when a stored id is damaged. */
export function campaignIdBytes(cid: string): Uint8Array {
  const bytes = fromBase64Url(cid, SIZES.campaignId)
  if (!bytes) throw new Error('damaged campaign id')
  return bytes
}

/** Which questions a lane of a campaign asks. Throws where the campaign has no such lane. */
export function formOf({ manifest }: Campaign, lane: Lane): ManifestForm {
  const form = manifest.lanes[lane]?.form
  if (!form) throw new Error(`campaign without lane ${lane}`)
  return form
}
