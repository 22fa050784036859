import { randomBytes } from 'node:crypto'
import { toBase64Url, utf8 } from '#protocol/bytes'
import { canonicalJson } from '#protocol/json'
import { LANES, type Lane } from '#protocol/lane'
import {
  isBoxKey,
  lanesOf,
  type Manifest,
  type ManifestForm,
  type ManifestLane,
  type ManifestYear,
  readCampaign,
} from '#protocol/manifest'
import type { CampaignPlan } from '#protocol/round-plan'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import type { TicketKind } from '#protocol/ticket'
import type { Parts } from '../data-folder.ts'
import { ActRefused } from './act-refused.ts'
import type { StoredCampaign } from './campaign-register.ts'

/** What a year asks, as a manifest names it. Handed in: the collector cannot know what is asked. */
export interface YearForms {
  readonly instruments: ManifestYear
  readonly lanes: Readonly<Partial<Record<Lane, ManifestForm>>>
}

interface Made {
  readonly boxKey: Uint8Array
  readonly forms: YearForms
  readonly by: string
}

/**
 * Makes signing keys and the manifest, and adds the campaign as a draft. The box's key pair was made elsewhere: only its
 * public half comes here. Throws an ActRefused when the plan promises what cannot be kept, before any key is made.
 */
export async function makeDraft(here: Parts, plan: CampaignPlan, made: Made): Promise<StoredCampaign> {
  const { issuer, box } = here
  if (!issuer) throw new ActRefused('a campaign is made where the issuer is; run this on the issuer’s data folder')
  if (!(await isBoxKey(toBase64Url(made.boxKey))))
    throw new ActRefused('this is no public key of a box', 'box-key-wrong')
  const cid = new Uint8Array(randomBytes(SIZES.campaignId))
  const trial = manifestText(cid, plan, made, trialKeys)
  if (!(await readCampaign(utf8(trial)))) throw new ActRefused('this plan gives no manifest', 'plan-wrong')
  const keys = new Map<Lane, Readonly<Record<TicketKind, string>>>()
  for (const lane of Object.keys(peopleOf(plan)) as Lane[]) keys.set(lane, await issuer.addLane(cid, lane))
  if (plan.openPerDay !== undefined) await issuer.openLane.set(cid, { isOn: true, perDay: plan.openPerDay })
  const text = manifestText(cid, plan, made, (lane) => keys.get(lane) ?? trialKeys(lane))
  const campaign = await readCampaign(utf8(text))
  if (!campaign) throw new Error('the manifest of a sound plan cannot be read')
  await here.acts.write({ by: made.by, act: 'campaign-created', campaign: campaign.manifest.cid })
  await issuer.addCampaign(cid, text)
  await box?.addCampaign(cid, lanesOf(campaign.manifest), text)
  return { ...campaign, text, state: 'draft' }
}

/** Stand for moduli that are not made yet: as long as them, odd, and no two alike. */
function trialKeys(lane: Lane): Readonly<Record<TicketKind, string>> {
  const modulus = (kind: number) => {
    const bytes = Buffer.alloc(SIZES.signature, 0xff)
    bytes[1] = 2 * LANES.indexOf(lane) + kind
    return bytes.toString('base64url')
  }
  return { outer: modulus(0), inner: modulus(1) }
}

/** Anybody may answer a poster, and more than once: there is no number of people to compare with. */
function peopleOf({ eligible, openPerDay }: CampaignPlan): Readonly<Partial<Record<Lane, number>>> {
  return { ...eligible, ...(openPerDay === undefined ? {} : { 'eit-open': 0 }) }
}

function manifestText(
  cid: Uint8Array,
  plan: CampaignPlan,
  { boxKey, forms }: Made,
  keysOf: (lane: Lane) => Readonly<Record<TicketKind, string>>,
): string {
  const { eligible: _eligible, openPerDay: _openPerDay, units, points, ...rest } = plan
  const lanes = (Object.entries(peopleOf(plan)) as [Lane, number][]).map(([lane, eligible]): [Lane, ManifestLane] => {
    const { outer, inner } = keysOf(lane)
    const form = forms.lanes[lane]
    if (!form) throw new ActRefused(`these instruments have nothing for ${lane}`, 'no-instruments')
    return [lane, { form, issuerKey: outer, innerKey: inner, eligible }]
  })
  return canonicalJson({
    closesOn: plan.answerWindow.to,
    ...rest,
    ...(units ? { units: units.map(({ name, eligible }, at) => ({ id: `u${at + 1}`, name, eligible })) } : {}),
    ...(points ? { points: points.map((name, at) => ({ id: `p${at + 1}`, name })) } : {}),
    v: 2,
    instruments: forms.instruments,
    cid: toBase64Url(cid),
    lanes: Object.fromEntries(lanes),
    boxKey: toBase64Url(boxKey),
    size: PADDED_SIZE,
  } satisfies Manifest)
}
