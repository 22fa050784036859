import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { openRole } from '#collector/installation/data-folder'
import { beginCampaign, endIssue, missingRehearsals } from '#collector/rounds/campaign-life'
import { documentOf, yearOf } from '#instruments/years'
import { checkNumber } from '#protocol/check-number'
import { keySharesOf, readCampaign } from '#protocol/manifest'
import { namedDocuments } from '#results/round-forms'
import { Failure } from '../installation/failure.ts'
import { administrator, inFolder, withCampaign } from '../installation/installation.ts'
import { folderOptions } from '../installation/places.ts'
import { rehearseKeys } from '../keys/rehearsal.ts'
import { campaignTable } from '../terminal/campaign-table.ts'
import { addCreate } from './campaign-create.ts'
import { addOpenLaneCommand } from './open-lane.ts'

interface OneCampaign {
  readonly data: string
  readonly campaign: string
}

export function addCampaignCommands(program: Command): void {
  const campaign = program
    .command('campaign')
    .description(
      'the life of a campaign: create, rehearse, begin, open-lane, end-issue; then "ita close" and "ita open"',
    )
  addCreate(campaign)
  addLife(campaign)
  addOpenLaneCommand(campaign)
}

function addLife(campaign: Command): void {
  campaign
    .command('add')
    .description('add a campaign to the box’s data folder, where issuer and box run on two machines')
    .requiredOption('--data <folder>', 'data folder of the box')
    .requiredOption('--manifest <file>', 'manifest.json that "campaign create --role issuer" wrote')
    .action(addManifest)
  const one = (name: string, description: string) =>
    campaign
      .command(name)
      .description(description)
      .requiredOption('--data <folder>', 'data folder')
      .requiredOption('--campaign <cid>', 'campaign id')
  const keys = (file: string, files: string[] = []) => [...files, file]
  one(
    'rehearse',
    'seal a canary and open it with every pair of these keys; every pair must have done so before "begin"',
  )
    .requiredOption('--key <file>', 'key file; repeat for each key holder who is here', keys)
    .action(rehearseAll)
  one('begin', 'draft → open: slips are exchanged and responses taken, within their windows').action(begin)
  one('end-issue', 'open → issue closed: slips give no more tickets, responses are still taken').action(end)
  campaign
    .command('list')
    .description('campaigns, their states, slips and responses')
    .requiredOption('--data <folder>', 'data folder')
    .action(async ({ data }: { data: string }) => {
      process.stdout.write(await inFolder(data, campaignTable))
    })
}

async function addManifest({ data, manifest }: { data: string; manifest: string }): Promise<void> {
  const bytes = readManifest(manifest)
  const campaign = await readCampaign(bytes)
  if (!campaign) throw new Failure(`${manifest} is not a manifest; give the file that "campaign create" wrote`)
  const here = await openRole(data, 'box', folderOptions())
  try {
    const { cid } = campaign.manifest
    if (await here.box?.campaigns.findNow(campaign.cid)) throw new Failure(`${data} holds this campaign already`)
    await here.acts.write({ by: administrator(), act: 'campaign-added', campaign: cid })
    const year = yearOf(campaign.manifest.instruments.id)
    if (year) await here.box?.instruments.keep(await namedDocuments(documentOf(year.id)))
    await here.box?.addCampaign(campaign, bytes.toString('utf8'))
    process.stdout.write(`draft ${cid}, check number ${await checkNumber(campaign.mh)}\n`)
  } finally {
    await here.end()
  }
}

function readManifest(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new Failure(`${file} cannot be read; give the file that "campaign create" wrote`)
  }
}

async function rehearseAll({ data, campaign: id, key }: OneCampaign & { key: readonly string[] }): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    const pairs = await rehearseKeys(here, campaign, key)
    const missing = await missingRehearsals(here, campaign)
    const { shares, threshold } = keySharesOf(campaign.manifest)
    const left =
      missing.length === 0 ? `all ${threshold} of ${shares}; it may begin` : `still to do: ${missing.join(', ')}`
    process.stdout.write(`opened with ${pairs.join(', ')}; ${left}\n`)
  })
}

async function begin({ data, campaign: id }: OneCampaign): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    await beginCampaign(here, campaign, administrator())
    process.stdout.write(`open; check number ${await checkNumber(campaign.mh)}\n`)
  })
}

async function end({ data, campaign: id }: OneCampaign): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    await endIssue(here, campaign, administrator())
    process.stdout.write('issue closed; responses are still taken\n')
  })
}
