import { randomBytes } from 'node:crypto'
import { toBase64Url, utf8 } from '#protocol/bytes'
import { canonicalJson } from '#protocol/json'
import type { Lane } from '#protocol/lane'
import { lanesOf, type Manifest, type ManifestLane, readCampaign } from '#protocol/manifest'
import type { CampaignPlan } from '#protocol/round-plan'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import type { Parts } from '../data-folder.ts'
import { ActRefused } from './act-refused.ts'
import type { StoredCampaign } from './campaign-register.ts'

/** Questionnaire id and hash of each lane. Handed in: the collector cannot know what is asked. */
export type LaneForms = Readonly<Record<Lane, { readonly form: string; readonly hash: string }>>

/**
 * Makes signing keys and the manifest, and adds the campaign as a draft. The box's key pair was made elsewhere: only its
 * public half comes here. Throws an ActRefused when the plan promises what cannot be kept.
 */
export async function makeDraft(
  here: Parts,
  plan: CampaignPlan,
  { boxKey, forms, by }: { readonly boxKey: Uint8Array; readonly forms: LaneForms; readonly by: string },
): Promise<StoredCampaign> {
  const { issuer, box } = here
  if (!issuer) throw new ActRefused('a campaign is made where the issuer is; run this on the issuer’s data folder')
  const cid = new Uint8Array(randomBytes(SIZES.campaignId))
  const { eligible, openPerDay, units, points, ...rest } = plan
  // anybody may answer a poster, and more than once: there is no number of people to compare with
  const people = { ...eligible, ...(openPerDay === undefined ? {} : { 'eit-open': 0 }) }
  const lanes: Partial<Record<Lane, ManifestLane>> = {}
  for (const [lane, count] of Object.entries(people) as [Lane, number][]) {
    lanes[lane] = { form: forms[lane].form, issuerKey: await issuer.addLane(cid, lane), eligible: count }
  }
  if (openPerDay !== undefined) await issuer.openLane.set(cid, { isOn: true, perDay: openPerDay })
  const text = canonicalJson({
    ...rest,
    ...(units ? { units: units.map(({ name, eligible }, at) => ({ id: `u${at + 1}`, name, eligible })) } : {}),
    ...(points ? { points: points.map((name, at) => ({ id: `p${at + 1}`, name })) } : {}),
    v: 1,
    cid: toBase64Url(cid),
    lanes,
    questionnaires: questionnairesOf(lanes, forms),
    boxKey: toBase64Url(boxKey),
    size: PADDED_SIZE,
  } satisfies Manifest)
  const campaign = await readCampaign(utf8(text))
  if (!campaign)
    throw new ActRefused(
      'these windows cannot be promised; named slips need an issue window that ends before answers begin',
    )
  await here.acts.write({ by, act: 'campaign-created', campaign: campaign.manifest.cid })
  await issuer.addCampaign(cid, text)
  await box?.addCampaign(cid, lanesOf(campaign.manifest), text)
  return { ...campaign, text, state: 'draft' }
}

function questionnairesOf(lanes: Manifest['lanes'], forms: LaneForms): Record<string, string> {
  const used = (Object.keys(lanes) as Lane[]).map((lane) => forms[lane])
  return Object.fromEntries(used.map(({ form, hash }) => [form, hash]))
}
