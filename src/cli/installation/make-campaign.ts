import { ActRefused } from '#collector/campaigns/act-refused'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import type { Installation, Parts } from '#collector/installation/data-folder'
import { beginCampaign, rehearse } from '#collector/rounds/campaign-life'
import { commitToPlan, makeDraft, type YearForms } from '#collector/rounds/make-draft'
import { documentOf, documentYear } from '#instruments/years'
import { type Bytes, sha256, toBase64Url } from '#protocol/bytes'
import { shareSets } from '#protocol/key-file'
import { LANES } from '#protocol/lane'
import { keySharesOf } from '#protocol/manifest'
import type { CampaignPlan } from '#protocol/round-plan'
import { makeBoxKeys, openerFor } from '#protocol/sealed-box'
import { hashesOf, namedDocuments } from '#results/round-forms'
import { administrator } from './installation.ts'
import { bundledIds, confirmedDocument } from './instruments-text.ts'

/** What a year asks, for a collector that knows no questionnaire itself. Null when there is no such year, it is not whole, or nobody confirmed it. */
export async function yearForms(instruments: string, here: Parts): Promise<YearForms | null> {
  const isOurs = bundledIds().includes(instruments)
  const document = isOurs ? documentOf(instruments) : await confirmedDocument(here, instruments)
  if (document?.rules.status !== 'published') return null
  const year = documentYear(document)
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
export async function makeCampaign(
  here: Installation,
  plan: CampaignPlan,
  emblem: Uint8Array | null = null,
): Promise<NewCampaign> {
  const forms = await yearForms(plan.instruments, here)
  if (!forms) throw new ActRefused(`there are no instruments ${plan.instruments}`, 'no-instruments')
  const named = emblem ? { emblem: toBase64Url(await sha256(emblem)) } : {}
  const committed = await commitToPlan({ ...plan, ...named }, forms, emblem)
  const { privateKey, publicKey } = await makeBoxKeys()
  return { campaign: await makeDraft(here, committed, { boxKey: publicKey, by: administrator() }), privateKey }
}

/** What a demonstration does in one go: its one key is rehearsed and the campaign opened. */
export async function openAtOnce(here: Installation, { campaign, privateKey }: NewCampaign): Promise<void> {
  const opener = await openerFor(campaign, privateKey)
  for (const shares of shareSets(keySharesOf(campaign.manifest))) {
    await rehearse(here, campaign, shares, (sealed) => opener.open(sealed), administrator())
  }
  await beginCampaign(here, campaign, administrator())
}
