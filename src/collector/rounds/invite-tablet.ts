import { randomBytes } from 'node:crypto'
import { COUNTER_SIZES, enrolmentHash, enrolmentLink, type TabletLane } from '#protocol/counter'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import type { Parts } from '../installation/data-folder.ts'

/** Where a tablet will stand. */
export interface TabletPlace {
  readonly lane: TabletLane
  readonly point: string
  /** Most responses a day. */
  readonly quota: number
}

/** Invites one tablet and answers the link that enrols it, once. Throws an ActRefused when its lane takes no tablets now. */
export async function inviteTablet(
  here: Parts,
  { cid, mh, manifest, state }: StoredCampaign,
  { lane, point, quota }: TabletPlace,
  { origin, by }: { readonly origin: string; readonly by: string },
): Promise<string> {
  if (!here.issuer) throw new ActRefused('tablets are enrolled where the issuer is; name its data folder')
  if (!manifest.lanes[lane]) throw new ActRefused(`this campaign has no lane ${lane}`)
  if (state !== 'draft' && state !== 'open')
    throw new ActRefused('tickets of this campaign are given out no more', 'tablets-over')
  await here.acts.write({ by, act: 'tablet-invited', campaign: manifest.cid, facts: { lane, point, quota } })
  const token = new Uint8Array(randomBytes(COUNTER_SIZES.token))
  await here.issuer.tablets.invite(cid, { lane, point, quota }, await enrolmentHash(cid, token))
  return enrolmentLink(origin, { cid, mh, token })
}
