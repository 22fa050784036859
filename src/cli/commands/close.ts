import type { Command } from 'commander'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { isOver } from '#protocol/day'
import { isDemonstration } from '#protocol/manifest'
import { Failure } from '../installation/failure.ts'
import { administrator, withCampaign } from '../installation/installation.ts'

interface CloseOptions {
  readonly data: string
  readonly campaign: string
  readonly why?: string
}

export function addCloseCommand(program: Command): void {
  program
    .command('close')
    .description(
      'close a campaign for good: no more tickets or responses, codes and signing keys destroyed, receipts published',
    )
    .requiredOption('--data <folder>', 'data folder')
    .requiredOption('--campaign <cid>', 'campaign id')
    .option('--why <reason>', 'needed before the answer window has ended: people were told a day; it is written down')
    .action(close)
}

async function close({ data, campaign: id, why }: CloseOptions): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    const early = !isOver(campaign.manifest, Date.now()) && !isDemonstration(campaign.manifest)
    if (early && why === undefined) {
      throw new Failure(`people were told ${campaign.manifest.closesOn}; close earlier with --why "reason"`)
    }
    await closeCampaign(here, campaign, administrator(), why)
    process.stdout.write(
      `closed; the receipts are at /v2/campaigns/${id}/receipts; delete backups made before now: they still hold keys and codes\n`,
    )
  })
}
