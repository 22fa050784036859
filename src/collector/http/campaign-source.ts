import type { StoredCampaign } from '../box/box-store.ts'
import { RefusalError } from './refusal.ts'

/** Where a route learns whether a campaign is open. */
export interface CampaignSource {
  campaign(cid: Uint8Array): Promise<StoredCampaign | null>
}

/** A campaign, open or closed. Throws the refusal when there is none. */
export async function campaignOrRefuse(campaigns: CampaignSource, cid: Uint8Array): Promise<StoredCampaign> {
  const campaign = await campaigns.campaign(cid)
  if (!campaign) throw new RefusalError(404, 'campaign-unknown', 'this collector has no such campaign')
  return campaign
}

/** A campaign that still takes answers. Throws the refusal otherwise. */
export async function openCampaign(campaigns: CampaignSource, cid: Uint8Array): Promise<StoredCampaign> {
  const campaign = await campaignOrRefuse(campaigns, cid)
  if (campaign.state === 'closed') throw new RefusalError(403, 'campaign-closed', 'this campaign is closed')
  return campaign
}
