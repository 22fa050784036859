import type { Stores } from '#collector/installation/data-folder'
import type { CampaignPlan } from '#protocol/round-plan'
import type { Release } from '#results/release'
import { makeRound } from './make-round.ts'
import { publishedRelease } from './published-release.ts'

/** A round that was opened and whose tables were kept: the published figures, measured by the testing agency. Answers its id. */
export async function keptRound(stores: Stores, change: Partial<CampaignPlan> = {}): Promise<string> {
  const eligible = { iit: 300, 'eit-public': 600, 'eit-survey': 60 }
  const { campaign } = await makeRound(stores, { eligible, ...change })
  const { manifest, cid } = campaign
  const { agency, fiscalYear, instruments } = manifest
  const release: Release = { ...publishedRelease(), cid: manifest.cid, fiscalYear, agency, asked: instruments }
  for (const half of [stores.issuer, stores.box])
    for (const state of ['answers-closed', 'opened'] as const) await half.campaigns.move(cid, state)
  await stores.office.papers.save(manifest.cid, 'results', { version: 0, text: JSON.stringify(release) })
  return manifest.cid
}
