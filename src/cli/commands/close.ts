import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { openStores } from '#collector/data-folder'
import { fromBase64Url } from '#protocol/bytes'
import { lanesOf } from '#protocol/manifest'
import { SIZES } from '#protocol/sizes'
import { Failure } from '../failure.ts'

export function addCloseCommand(program: Command): void {
  program
    .command('close')
    .description(
      'close a campaign for good: no more tickets or responses, codes and signing keys destroyed, receipts published',
    )
    .requiredOption('--data <folder>', 'data folder')
    .requiredOption('--campaign <cid>', 'campaign id')
    .action(close)
}

async function close({ data, campaign: id }: { data: string; campaign: string }): Promise<void> {
  if (!existsSync(join(data, 'box.sqlite')))
    throw new Failure(`${data} holds no box; name the data folder of the collector`)
  const stores = await openStores(data)
  try {
    const cid = fromBase64Url(id, SIZES.campaignId)
    const campaign = cid ? await stores.box.campaign(cid) : null
    if (!cid || !campaign) throw new Failure(`${data} holds no campaign ${id}; "ita demo" and the manifest name its id`)
    await stores.box.close(cid)
    await stores.issuer.destroyCampaign(cid, lanesOf(campaign.manifest))
    process.stdout.write(`closed; the receipts are at /v1/campaigns/${id}/receipts\n`)
  } finally {
    await stores.end()
  }
}
