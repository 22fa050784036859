import { type Command, Option } from 'commander'
import { choosePart } from '#collector/rounds/part-choices'
import { LANES, type Lane } from '#protocol/lane'
import { administrator, withCampaign } from '../installation/installation.ts'

interface ChooseOptions {
  readonly data: string
  readonly campaign: string
  readonly lane: Lane
  readonly choice: 'rows' | 'breakdowns'
}

/** What the room asks on a page of its own, for installations that have none: issuer and box apart. */
export function addChooseCommand(program: Command): void {
  program
    .command('choose')
    .description('choose what leaves of a part whose whole rows and breakdowns must not both leave; once and for good')
    .requiredOption('--data <folder>', 'data folder of the box')
    .requiredOption('--campaign <cid>', 'campaign id')
    .addOption(new Option('--lane <lane>', 'which part').choices(LANES).makeOptionMandatory())
    .addOption(new Option('--choice <choice>', 'what leaves').choices(['rows', 'breakdowns']).makeOptionMandatory())
    .action(choose)
}

async function choose({ data, campaign: id, lane, choice }: ChooseOptions): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    await choosePart(here, campaign, { lane, choice }, administrator())
    process.stdout.write(`${lane}: ${choice} leave; the other never will\n`)
  })
}
