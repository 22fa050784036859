import { beginCampaign, rehearse } from '#collector/campaigns/campaign-life'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { type LaneForms, makeDraft } from '#collector/campaigns/make-draft'
import type { Installation } from '#collector/data-folder'
import type { Bytes } from '#protocol/bytes'
import { canonicalHash } from '#protocol/json'
import { shareSets } from '#protocol/key-file'
import type { Lane } from '#protocol/lane'
import { keySharesOf } from '#protocol/manifest'
import type { CampaignPlan } from '#protocol/round-plan'
import { makeBoxKeys, makeOpener } from '#protocol/sealed-box'
import { QUESTIONNAIRE_FILES } from '#results/questionnaires'
import { administrator } from './installation.ts'

/** The questionnaire of each lane. */
const LANE_FORMS = {
  iit: 'iit-2566',
  'eit-public': 'eit-2566',
  'eit-survey': 'eit-2566',
  'eit-open': 'eit-2566',
} as const satisfies Record<Lane, string>

/** Questionnaires and their hashes, for a collector that knows none itself. */
export async function laneForms(): Promise<LaneForms> {
  const entries = (Object.entries(LANE_FORMS) as [Lane, keyof typeof QUESTIONNAIRE_FILES][]).map(
    async ([lane, form]) => [lane, { id: form, hash: await canonicalHash(QUESTIONNAIRE_FILES[form]) }] as const,
  )
  return Object.fromEntries(await Promise.all(entries)) as unknown as LaneForms
}

/** A draft as it was made, and the one moment in which the box's private key is whole. */
export interface NewCampaign {
  readonly campaign: StoredCampaign
  readonly privateKey: Bytes
}

/** Makes the box's keys and a draft. Throws an ActRefused when the plan promises what cannot be kept. */
export async function makeCampaign(here: Installation, plan: CampaignPlan): Promise<NewCampaign> {
  const { privateKey, publicKey } = await makeBoxKeys()
  const made = { boxKey: publicKey, forms: await laneForms(), by: administrator() }
  return { campaign: await makeDraft(here, plan, made), privateKey }
}

/** What a demonstration does in one go: its one key is rehearsed and the campaign opened. */
export async function openAtOnce(here: Installation, { campaign, privateKey }: NewCampaign): Promise<void> {
  const opener = await makeOpener(privateKey, { cid: campaign.cid, mh: campaign.mh })
  for (const shares of shareSets(keySharesOf(campaign.manifest))) {
    await rehearse(here, campaign, shares, (sealed) => opener.open(sealed), administrator())
  }
  await beginCampaign(here, campaign, administrator())
}
