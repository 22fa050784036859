import { placeIn } from '#protocol/day'
import type { Manifest, Window } from '#protocol/manifest'
import type { Refusal } from '#protocol/messages'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { takesAnswers } from '../campaigns/campaign-state.ts'
import { RefusalError } from './refusal.ts'

/** Where a route learns of a campaign. */
export interface CampaignSource {
  campaign(cid: Uint8Array): Promise<StoredCampaign | null>
}

/** Milliseconds since 1970, as the collector believes. Windows are enforced by it. */
export type Clock = () => number

/** A campaign that was opened at some time. A draft is nobody's business yet. Throws the refusal when there is none. */
export async function campaignOrRefuse(campaigns: CampaignSource, cid: Uint8Array): Promise<StoredCampaign> {
  const campaign = await campaigns.campaign(cid)
  if (!campaign || campaign.state === 'draft')
    throw new RefusalError(404, 'campaign-unknown', 'this collector has no such campaign')
  return campaign
}

/**
 * A campaign that takes responses now. The end of the window is not enforced: a tablet that was offline on the last day
 * delivers until the campaign is closed by hand.
 */
export async function campaignTakingAnswers(
  campaigns: CampaignSource,
  cid: Uint8Array,
  now: Clock,
): Promise<StoredCampaign> {
  const campaign = await campaignOrRefuse(campaigns, cid)
  if (!takesAnswers(campaign.state)) throw new RefusalError(403, 'campaign-closed', 'this campaign is closed')
  refuseBefore(campaign.manifest.answerWindow, now, 'answers-not-open')
  return campaign
}

/** Whether slips are exchanged now; `repeats` when only an answer that was lost on its way is given again. */
export type Issuing = 'issuing' | 'repeats'

/** A campaign whose slips may be exchanged. Throws the refusal otherwise. */
export async function campaignIssuing(
  campaigns: CampaignSource,
  cid: Uint8Array,
  now: Clock,
): Promise<{ readonly campaign: StoredCampaign; readonly issuing: Issuing }> {
  const campaign = await campaignOrRefuse(campaigns, cid)
  if (!takesAnswers(campaign.state)) throw new RefusalError(403, 'campaign-closed', 'this campaign is closed')
  const { manifest, state } = campaign
  refuseBefore(manifest.issueWindow, now, 'issue-not-open')
  const over = state === 'issue-closed' || placeIn(manifest.issueWindow, now()) === 'after'
  if (over && !repeatsAreHarmless(manifest)) throw issueClosed()
  return { campaign, issuing: over ? 'repeats' : 'issuing' }
}

export function issueClosed(): RefusalError {
  return new RefusalError(403, 'issue-closed', 'slips of this campaign are exchanged no more')
}

/** Where codes belong to persons, not even a repeated exchange may fall among the answers. */
function repeatsAreHarmless({ handout }: Manifest): boolean {
  return handout === 'drawn'
}

function refuseBefore(window: Window, now: Clock, refusal: Refusal): void {
  if (placeIn(window, now()) === 'before') throw new RefusalError(403, refusal, `not before ${window.from}`)
}
