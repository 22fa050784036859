import type { Command } from 'commander'
import { Failure } from '../installation/failure.ts'
import { administrator, withCampaign } from '../installation/installation.ts'
import { countOption } from '../terminal/options.ts'

interface OpenLaneOptions {
  readonly data: string
  readonly campaign: string
  readonly perDay?: number
  readonly off?: boolean
}

/** Adds `ita campaign open-lane`. */
export function addOpenLaneCommand(campaign: Command): void {
  campaign
    .command('open-lane')
    .description('the poster’s lane: so many tickets a day, or switched off')
    .requiredOption('--data <folder>', 'data folder of the issuer')
    .requiredOption('--campaign <cid>', 'campaign id')
    .option('--per-day <n>', 'switch it on, with so many tickets a day', countOption)
    .option('--off', 'give no more tickets; what was given stays valid')
    .action(setOpenLane)
}

async function setOpenLane({ data, campaign: id, perDay, off }: OpenLaneOptions): Promise<void> {
  if ((perDay === undefined) === (off === undefined) || perDay === 0) throw new Failure('give --per-day N or --off', 2)
  await withCampaign(data, id, async ({ issuer, acts }, { cid, manifest }) => {
    if (!issuer) throw new Failure('tickets are given where the issuer is; name its data folder')
    if (!manifest.lanes['eit-open'])
      throw new Failure('this campaign has no open lane; only "ita campaign create --open-lane N" makes one')
    const facts = perDay === undefined ? {} : { facts: { perDay } }
    await acts.write({
      by: administrator(),
      act: off ? 'open-lane-off' : 'open-lane-on',
      campaign: manifest.cid,
      ...facts,
    })
    await issuer.openLane.set(cid, perDay === undefined ? { isOn: false } : { isOn: true, perDay })
    process.stdout.write(off ? 'off; what was given stays valid\n' : `on, ${perDay} tickets a day\n`)
  })
}
