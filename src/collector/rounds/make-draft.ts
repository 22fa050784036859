import { randomBytes } from 'node:crypto'
import { type Bytes, sha256, toBase64Url, utf8 } from '#protocol/bytes'
import { isPlainPng } from '#protocol/emblem'
import { LANES, type Lane } from '#protocol/lane'
import { isBoxKey, type ManifestForm, type ManifestLane, type ManifestYear, readCampaign } from '#protocol/manifest'
import { type Commitment, commitmentText, withBoxKey } from '#protocol/round-commitment'
import type { CampaignPlan } from '#protocol/round-plan'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import type { TicketKind } from '#protocol/ticket'
import type { InstrumentsDocument } from '../box/instruments-store.ts'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import type { Parts } from '../installation/data-folder.ts'
import { makeLaneKeys, type NewKeys } from '../issuer/signing-keys.ts'

/** What a year asks, as a manifest names it. Handed in: the collector cannot know what is asked. */
export interface YearForms {
  readonly instruments: ManifestYear
  readonly lanes: Readonly<Partial<Record<Lane, ManifestForm>>>
  /** All that those hashes name. */
  readonly documents: readonly InstrumentsDocument[]
}

/**
 * A round before its box key is known: all else that its manifest will say, and the signing keys that belong to it, which
 * are stored nowhere yet. What is committed cannot be chosen to fit a box key, nor to share a check number with another round.
 */
export interface Committed {
  readonly cid: Bytes
  readonly plan: CampaignPlan
  readonly keys: ReadonlyMap<Lane, NewKeys>
  /** Canonical JSON of a `Commitment`. */
  readonly text: string
  readonly documents: readonly InstrumentsDocument[]
  /** PNG, where the plan names one. */
  readonly emblem: Uint8Array | null
}

/** Makes signing keys and all of the manifest but its box key; stores nothing. Throws an ActRefused when the plan gives no manifest. */
export async function commitToPlan(
  plan: CampaignPlan,
  forms: YearForms,
  emblem: Uint8Array | null = null,
): Promise<Committed> {
  await refuseOtherEmblem(plan, emblem)
  const cid = new Uint8Array(randomBytes(SIZES.campaignId))
  const trial = commitmentOf(cid, plan, forms, trialKeys)
  if (!(await readCampaign(utf8(withBoxKey(trial, ANY_BOX_KEY)))))
    throw new ActRefused('this plan gives no manifest', 'plan-wrong')
  const keys = new Map<Lane, NewKeys>()
  for (const lane of Object.keys(peopleOf(plan)) as Lane[]) keys.set(lane, await makeLaneKeys())
  const said = commitmentOf(cid, plan, forms, (lane) => keys.get(lane)?.moduli ?? trialKeys(lane))
  return { cid, plan, keys, text: commitmentText(said), documents: forms.documents, emblem }
}

/**
 * Adds the campaign as a draft, with the keys that were committed to. The box's key pair was made elsewhere: only its public
 * half comes here.
 */
export async function makeDraft(
  here: Parts,
  committed: Committed,
  made: { readonly boxKey: Uint8Array; readonly by: string },
): Promise<StoredCampaign> {
  const { issuer, box } = here
  if (!issuer) throw new ActRefused('a campaign is made where the issuer is; run this on the issuer’s data folder')
  const boxKey = toBase64Url(made.boxKey)
  if (!(await isBoxKey(boxKey))) throw new ActRefused('this is no public key of a box', 'box-key-wrong')
  const { cid, plan, keys } = committed
  const text = withBoxKey(JSON.parse(committed.text), boxKey)
  const campaign = await readCampaign(utf8(text))
  if (!campaign) throw new Error('the manifest of a sound plan cannot be read')
  for (const [lane, laneKeys] of keys) await issuer.addLane(cid, lane, laneKeys)
  if (plan.openPerDay !== undefined) await issuer.openLane.set(cid, { isOn: true, perDay: plan.openPerDay })
  await here.acts.write({ by: made.by, act: 'campaign-created', campaign: campaign.manifest.cid })
  await issuer.addCampaign(campaign, text)
  await box?.instruments.keep(committed.documents)
  if (committed.emblem) await box?.emblems.keep(await sha256(committed.emblem), committed.emblem)
  await box?.addCampaign(campaign, text)
  return { ...campaign, text, state: 'draft' }
}

/** The picture that is kept is the one that the plan names, and nothing but a picture. */
async function refuseOtherEmblem({ emblem: named }: CampaignPlan, png: Uint8Array | null): Promise<void> {
  const isNamed = png === null ? named === undefined : toBase64Url(await sha256(png)) === named
  if (!isNamed || (png !== null && !isPlainPng(png))) throw new ActRefused('this is no emblem', 'emblem-wrong')
}

/** The curve's base point: stands for a key that is not made yet. */
const ANY_BOX_KEY = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
).toString('base64url')

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

function commitmentOf(
  cid: Uint8Array,
  plan: CampaignPlan,
  forms: YearForms,
  keysOf: (lane: Lane) => Readonly<Record<TicketKind, string>>,
): Commitment {
  const { eligible: _eligible, openPerDay: _openPerDay, units, points, ...rest } = plan
  const lanes = (Object.entries(peopleOf(plan)) as [Lane, number][]).map(([lane, eligible]): [Lane, ManifestLane] => {
    const { outer, inner } = keysOf(lane)
    const form = forms.lanes[lane]
    if (!form) throw new ActRefused(`these instruments have nothing for ${lane}`, 'no-instruments')
    return [lane, { form, issuerKey: outer, innerKey: inner, eligible }]
  })
  return {
    closesOn: plan.answerWindow.to,
    ...rest,
    ...(units ? { units: units.map(({ name, eligible }, at) => ({ id: `u${at + 1}`, name, eligible })) } : {}),
    ...(points ? { points: points.map((name, at) => ({ id: `p${at + 1}`, name })) } : {}),
    v: 2,
    instruments: forms.instruments,
    cid: toBase64Url(cid),
    lanes: Object.fromEntries(lanes),
    size: PADDED_SIZE,
  }
}
