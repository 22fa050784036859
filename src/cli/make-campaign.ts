import { randomBytes } from 'node:crypto'
import type { BoxStore } from '#collector/box/box-store'
import { beginCampaign, rehearse, shareSets } from '#collector/campaigns/campaign-life'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import type { Installation } from '#collector/data-folder'
import type { IssuerStore } from '#collector/issuer/issuer-store'
import { type Bytes, toBase64Url, utf8 } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import {
  canonicalHash,
  canonicalJson,
  type KeyShares,
  lanesOf,
  type Manifest,
  type ManifestLane,
  readCampaign,
} from '#protocol/manifest'
import { makeBoxKeys, makeOpener } from '#protocol/sealed-box'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { QUESTIONNAIRE_FILES } from '#results/questionnaires'
import { Failure } from './failure.ts'
import { administrator } from './installation.ts'

/** The questionnaire of each lane. */
const LANE_FORMS = {
  iit: 'iit-2566',
  'eit-public': 'eit-2566',
  'eit-survey': 'eit-2566',
  'eit-open': 'eit-2566',
} as const satisfies Record<Lane, string>

/** What an administrator decides. */
export interface CampaignPlan
  extends Pick<Manifest, 'fiscalYear' | 'agency' | 'issueWindow' | 'answerWindow' | 'k' | 'handout'> {
  /** People who may answer, by lane. */
  readonly eligible: Readonly<Partial<Record<Lane, number>>>
  /** Tickets a day for whoever scans the poster; absent: this campaign has no such lane. */
  readonly openPerDay?: number
  /** Absent in demonstrations. */
  readonly keyShares?: KeyShares
}

/** A draft as it was made, and the one moment in which the box's private key is whole. */
export interface NewCampaign {
  readonly campaign: StoredCampaign
  readonly privateKey: Bytes
}

/** Makes keys and manifest, and adds the campaign as a draft. Throws a Failure when the plan promises what cannot be kept. */
export async function makeCampaign(here: Installation, plan: CampaignPlan): Promise<NewCampaign> {
  const { issuer, box } = here
  if (!issuer) throw new Failure('a campaign is made where the issuer is; run this on the issuer’s data folder')
  const cid = new Uint8Array(randomBytes(SIZES.campaignId))
  const { privateKey, publicKey } = await makeBoxKeys()
  const { eligible, openPerDay, ...rest } = plan
  const lanes: Partial<Record<Lane, ManifestLane>> = {}
  for (const [lane, count] of Object.entries(eligible) as [Lane, number][]) {
    lanes[lane] = { form: LANE_FORMS[lane], issuerKey: await issuer.addLane(cid, lane), eligible: count }
  }
  if (openPerDay !== undefined) {
    // anybody may answer, and more than once: there is no number of people to compare with
    const issuerKey = await issuer.addLane(cid, 'eit-open')
    lanes['eit-open'] = { form: LANE_FORMS['eit-open'], issuerKey, eligible: 0 }
    await issuer.openLane.set(cid, { isOn: true, perDay: openPerDay })
  }
  const text = canonicalJson({
    ...rest,
    v: 1,
    cid: toBase64Url(cid),
    lanes,
    questionnaires: await questionnairesOf(lanes),
    boxKey: toBase64Url(publicKey),
    size: PADDED_SIZE,
  } satisfies Manifest)
  const campaign = await readCampaign(utf8(text))
  if (!campaign)
    throw new Failure(
      'these windows cannot be promised; named slips need an issue window that ends before answers begin',
    )
  await here.acts.write({ by: administrator(), act: 'campaign-created', campaign: campaign.manifest.cid })
  await addDraft(issuer, box, campaign.manifest, text)
  return { campaign: { ...campaign, text, state: 'draft' }, privateKey }
}

async function addDraft(issuer: IssuerStore, box: BoxStore | null, manifest: Manifest, text: string): Promise<void> {
  const cid = Buffer.from(manifest.cid, 'base64url')
  await issuer.addCampaign(cid, text)
  await box?.addCampaign(cid, lanesOf(manifest), text)
}

/** What a demonstration does in one go: its one key is rehearsed and the campaign opened. */
export async function openAtOnce(here: Installation, { campaign, privateKey }: NewCampaign): Promise<void> {
  const opener = await makeOpener(privateKey, { cid: campaign.cid, mh: campaign.mh })
  for (const shares of shareSets(campaign.manifest)) {
    await rehearse(here, campaign, shares, (sealed) => opener.open(sealed), administrator())
  }
  await beginCampaign(here, campaign, administrator())
}

async function questionnairesOf(lanes: Manifest['lanes']): Promise<Record<string, string>> {
  const forms = new Set(Object.values(lanes).flatMap((lane) => (lane ? [lane.form] : [])))
  const hashes = [...forms].map(async (form) => {
    const file = QUESTIONNAIRE_FILES[form as keyof typeof QUESTIONNAIRE_FILES]
    return [form, await canonicalHash(file)] as const
  })
  return Object.fromEntries(await Promise.all(hashes))
}
