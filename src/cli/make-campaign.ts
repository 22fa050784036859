import { ActRefused } from '#collector/campaigns/act-refused'
import { beginCampaign, rehearse } from '#collector/campaigns/campaign-life'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { commitToPlan, makeDraft, type YearForms } from '#collector/campaigns/make-draft'
import type { Installation } from '#collector/data-folder'
import { documentOf, yearOf } from '#instruments/years'
import type { Bytes } from '#protocol/bytes'
import { shareSets } from '#protocol/key-file'
import { LANES } from '#protocol/lane'
import { keySharesOf } from '#protocol/manifest'
import type { CampaignPlan } from '#protocol/round-plan'
import { makeBoxKeys, makeOpener } from '#protocol/sealed-box'
import { hashesOf, namedDocuments } from '#results/round-forms'
import { administrator } from './installation.ts'

/** What a year asks, for a collector that knows no questionnaire itself. Null when there is no such year, or it is not whole. */
export async function yearForms(instruments: string): Promise<YearForms | null> {
  const year = yearOf(instruments)
  if (year?.status !== 'published') return null
  const document = documentOf(year.id)
  const { instruments: hashed, forms } = await hashesOf(document)
  const lanes = LANES.flatMap((lane) => {
    const form = forms[year.lanes[lane]?.id ?? '']
    return form ? [[lane, form] as const] : []
  })
  return { instruments: hashed, lanes: Object.fromEntries(lanes), documents: await namedDocuments(document) }
}

/** A draft as it was made, and the one moment in which the box's private key is whole. */
export interface NewCampaign {
  readonly campaign: StoredCampaign
  readonly privateKey: Bytes
}

/** Makes the box's keys and a draft. Throws an ActRefused when the plan promises what cannot be kept. */
export async function makeCampaign(here: Installation, plan: CampaignPlan): Promise<NewCampaign> {
  const forms = await yearForms(plan.instruments)
  if (!forms) throw new ActRefused(`there are no instruments ${plan.instruments}`, 'no-instruments')
  const committed = await commitToPlan(plan, forms)
  const { privateKey, publicKey } = await makeBoxKeys()
  return { campaign: await makeDraft(here, committed, { boxKey: publicKey, by: administrator() }), privateKey }
}

/** What a demonstration does in one go: its one key is rehearsed and the campaign opened. */
export async function openAtOnce(here: Installation, { campaign, privateKey }: NewCampaign): Promise<void> {
  const opener = await makeOpener(privateKey, { cid: campaign.cid, mh: campaign.mh })
  for (const shares of shareSets(keySharesOf(campaign.manifest))) {
    await rehearse(here, campaign, shares, (sealed) => opener.open(sealed), administrator())
  }
  await beginCampaign(here, campaign, administrator())
}
