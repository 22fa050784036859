import { randomBytes, timingSafeEqual } from 'node:crypto'
import { fromBase64Url } from '#protocol/bytes'
import { shareSetName, shareSets } from '#protocol/key-file'
import { keySharesOf, lanesOf } from '#protocol/manifest'
import { pad, type Sealed, seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { sumOfBox } from '../box/sealed-lines.ts'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { type CampaignState, isClosed } from '../campaigns/campaign-state.ts'
import type { Parts } from '../installation/data-folder.ts'

/** A campaign of this installation, wherever it is kept. Null when there is none. */
export async function findCampaign(here: Parts, cid: Uint8Array): Promise<StoredCampaign | null> {
  return (await (here.box ?? here.issuer)?.campaigns.findNow(cid)) ?? null
}

/**
 * A rehearsal: a canary as large as a response is sealed to the box and must be opened by the shares that were given.
 * Throws an ActRefused when it comes back as something else.
 */
export async function rehearse(
  here: Parts,
  campaign: StoredCampaign,
  shares: readonly number[],
  open: (sealed: Sealed) => Promise<Uint8Array>,
  by: string,
): Promise<void> {
  const { cid, mh, manifest } = campaign
  const canary = randomBytes(32)
  const key = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
  const opened = await open(await seal(key, { cid, mh }, pad(canary, manifest.size)))
  const expected = pad(canary, manifest.size)
  if (opened.length !== expected.length || !timingSafeEqual(opened, expected)) {
    throw new ActRefused('the canary came back altered; these shares do not open the box')
  }
  await noteRehearsal(here, campaign, shares, by)
}

/** Writes down that these shares opened a canary. Throws an ActRefused for a set that is none of this box's. */
export async function noteRehearsal(
  here: Parts,
  { cid, manifest }: StoredCampaign,
  shares: readonly number[],
  by: string,
): Promise<void> {
  const name = shareSetName(shares)
  if (!shareSets(keySharesOf(manifest)).map(shareSetName).includes(name))
    throw new ActRefused(`shares ${name} are no set of this box`)
  await here.acts.write({ by, act: 'key-rehearsed', campaign: manifest.cid, facts: { shares: name } })
  for (const half of [here.issuer, here.box]) await half?.campaigns.addRehearsal(cid, name)
}

/** Draft → open. Throws an ActRefused unless every set of shares that should open the box has opened a canary. */
export async function beginCampaign(here: Parts, campaign: StoredCampaign, by: string): Promise<void> {
  if (campaign.state !== 'draft') throw new ActRefused(`this campaign is ${campaign.state} already`, 'wrong-state')
  const missing = await missingRehearsals(here, campaign)
  if (missing.length > 0) {
    throw new ActRefused(
      `not rehearsed yet: shares ${missing.join(', ')}; run "ita campaign rehearse" with these keys`,
      'not-rehearsed',
    )
  }
  await move(here, campaign, 'open', 'campaign-opened', by)
}

/** Open → issue closed: slips give no more tickets, responses are still taken. */
export async function endIssue(here: Parts, campaign: StoredCampaign, by: string): Promise<void> {
  if (campaign.state !== 'open')
    throw new ActRefused(`this campaign is ${campaign.state}; only an open one can be moved`, 'wrong-state')
  await move(here, campaign, 'issue-closed', 'issue-closed', by)
}

/**
 * → answers closed: no more responses; codes and signing keys destroyed, rows and receipts settled in random order and the key
 * they lay under destroyed, receipts published. Done again on a closed campaign it finishes what an interruption left undone.
 */
export async function closeCampaign(here: Parts, campaign: StoredCampaign, by: string, why?: string): Promise<void> {
  if (campaign.state === 'draft') throw new ActRefused('this campaign was never open', 'wrong-state')
  const { cid, manifest, state } = campaign
  const facts = why === undefined ? {} : { facts: { why } }
  if (!isClosed(state)) await here.acts.write({ by, act: 'answers-closed', campaign: manifest.cid, ...facts })
  await here.issuer?.destroyCampaign(cid, lanesOf(manifest))
  for (const half of [here.issuer, here.box]) {
    const known = await half?.campaigns.findNow(cid)
    if (half && known && !isClosed(known.state)) await half.campaigns.move(cid, 'answers-closed')
  }
  await settleBox(here, campaign, by)
}

/** Finishes closings that were broken off, e.g. by a power cut. Answers the ids of their campaigns. */
export async function finishClosings(here: Parts, by: string): Promise<string[]> {
  const closed = ((await here.box?.withIntake()) ?? []).filter(({ isClosed }) => isClosed)
  const finished: string[] = []
  for (const { cid } of closed) {
    const campaign = await findCampaign(here, cid)
    if (!campaign) continue
    await closeCampaign(here, campaign, by)
    finished.push(campaign.manifest.cid)
  }
  return finished
}

/** The key goes only when what lay under it is in the box, counted and written down. */
async function settleBox(here: Parts, campaign: StoredCampaign, by: string): Promise<void> {
  if (!here.box) return
  await here.box.settle(campaign)
  await noteBox(here, campaign, by)
  if (!(await here.box.hasIntake(campaign.cid))) return
  await here.box.destroyIntake(campaign)
  await here.acts.write({ by, act: 'intake-settled', campaign: campaign.manifest.cid })
}

/**
 * Writes down what is in the closed box. From here on it never changes: whoever opens it compares. Done once; a second closing
 * must not give an altered box a new hash.
 */
async function noteBox(here: Parts, { cid, manifest }: StoredCampaign, by: string): Promise<void> {
  if (!here.box || (await here.acts.last('box-counted', manifest.cid))) return
  const { rows, hash } = await sumOfBox(here.box, { cid, manifest })
  const counted = { by, act: 'box-counted', campaign: manifest.cid, facts: { rows, hash } } as const
  await here.acts.writeUnless(counted, (earlier) => earlier.some(({ act }) => act === 'box-counted'))
}

/** → opened: noted whenever the key holders open the box, also the second time. */
export async function noteOpening(here: Parts, campaign: StoredCampaign, by: string): Promise<void> {
  await here.acts.write({ by, act: 'box-opened', campaign: campaign.manifest.cid })
  // a demonstration may be opened while it runs: its key lies beside it and promises nothing
  if (campaign.state === 'answers-closed') await moveAll(here, campaign, 'opened')
}

/** Sets of shares that open the box by the manifest and have not opened a canary yet. */
export async function missingRehearsals(here: Parts, campaign: StoredCampaign): Promise<string[]> {
  const rehearsed = new Set(await (here.box ?? here.issuer)?.campaigns.rehearsed(campaign.cid))
  return shareSets(keySharesOf(campaign.manifest))
    .map(shareSetName)
    .filter((set) => !rehearsed.has(set))
}

async function move(
  here: Parts,
  campaign: StoredCampaign,
  state: CampaignState,
  act: 'campaign-opened' | 'issue-closed',
  by: string,
): Promise<void> {
  await here.acts.write({ by, act, campaign: campaign.manifest.cid })
  await moveAll(here, campaign, state)
}

async function moveAll(here: Parts, { cid }: StoredCampaign, state: CampaignState): Promise<void> {
  await here.issuer?.campaigns.move(cid, state)
  await here.box?.campaigns.move(cid, state)
}
