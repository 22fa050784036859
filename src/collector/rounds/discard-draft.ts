import { lanesOf } from '#protocol/manifest'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import type { Stores } from '../installation/data-folder.ts'

/** Throws a draft away, with its keys and slips: a ceremony that was broken off leaves nothing. What was open stays for ever. */
export async function discardDraft(here: Stores, { cid, manifest, state }: StoredCampaign, by: string): Promise<void> {
  if (state !== 'draft') throw new ActRefused('a campaign that was open stays on record', 'wrong-state')
  await here.acts.write({ by, act: 'draft-discarded', campaign: manifest.cid })
  await here.issuer.discard(cid, lanesOf(manifest))
  await here.box.discard(cid)
  await here.office.papers.forget(manifest.cid)
}
