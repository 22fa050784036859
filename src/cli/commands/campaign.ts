import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { beginCampaign, endIssue, missingRehearsals } from '#collector/campaigns/campaign-life'
import { openRole } from '#collector/data-folder'
import { bangkokDay } from '#protocol/day'
import { isLane, type Lane } from '#protocol/lane'
import { checkNumber, keySharesOf, lanesOf, readCampaign, type Unit } from '#protocol/manifest'
import { type CampaignPlan, planFault } from '#protocol/round-plan'
import { campaignTable } from '../campaign-table.ts'
import { askPassphrases, refuseKeysBesideData, refuseOldKeys, writeShares } from '../ceremony.ts'
import { Failure } from '../failure.ts'
import { administrator, inFolder, withCampaign } from '../installation.ts'
import { makeCampaign } from '../make-campaign.ts'
import { countOption, dayOption, sharesOption } from '../options.ts'
import { mendingOf } from '../plan-mending.ts'
import { rehearseKeys } from '../rehearsal.ts'
import { addOpenLaneCommand } from './open-lane.ts'

interface CreateOptions {
  readonly data: string
  readonly role: 'all' | 'issuer'
  readonly keysOut: string
  readonly fiscalYear: number
  readonly agencyTh: string
  readonly agencyEn: string
  readonly lane: Readonly<Partial<Record<Lane, number>>>
  readonly openLane?: number
  readonly unit?: readonly Omit<Unit, 'id'>[]
  readonly point?: readonly string[]
  readonly issueFrom: string
  readonly issueTo: string
  readonly answerFrom: string
  readonly answerTo: string
  readonly handout: 'drawn' | 'named'
  readonly kIit: number
  readonly kEit: number
  readonly holders: { readonly shares: number; readonly threshold: number }
}

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

function addCreate(campaign: Command): void {
  campaign
    .command('create')
    .description('make a draft: manifest, signing keys, and the key ceremony (a file and a sheet for each key holder)')
    .requiredOption('--data <folder>', 'data folder, made when it is new')
    .requiredOption(
      '--keys-out <folder>',
      'folder for the key holders’ files and sheets; take it off this machine afterwards',
    )
    .requiredOption('--fiscal-year <year>', 'B.E., e.g. 2567', countOption)
    .requiredOption('--agency-th <name>', 'name of the department in Thai')
    .requiredOption('--agency-en <name>', 'and in English')
    .requiredOption('--lane <lane=people>', 'a lane and how many may answer, e.g. iit=600; repeat', laneOption)
    .option('--open-lane <n>', 'let whoever scans the poster answer, so many a day; reported apart', countOption)
    .requiredOption('--issue-from <day>', 'first day on which slips are exchanged, 2026-12-01', dayOption)
    .requiredOption('--issue-to <day>', 'last one', dayOption)
    .requiredOption('--answer-from <day>', 'first day on which responses are taken', dayOption)
    .requiredOption('--answer-to <day>', 'last one', dayOption)
    .option('--unit <name=people>', 'a unit that staff may name, with its people; repeat', unitOption)
    .option('--point <name>', 'a service point, for results by point; repeat', pointOption)
    .addOption(new Option('--handout <how>', 'how slips reach people').choices(['drawn', 'named']).default('drawn'))
    .addOption(new Option('--role <role>', 'issuer: only the issuer is here').choices(['all', 'issuer']).default('all'))
    .option('--k-iit <n>', 'smallest group of staff ever shown', countOption, 10)
    .option('--k-eit <n>', 'smallest group of visitors ever shown', countOption, 5)
    .option('--holders <k/n>', 'key holders: how many open the box, of how many', sharesOption, {
      threshold: 2,
      shares: 3,
    })
    .addHelpText(
      'after',
      '\nEach holder’s passphrase is asked for, or comes from ITA_PASSPHRASE_1, ITA_PASSPHRASE_2, …',
    )
    .action(create)
  campaign
    .command('add')
    .description('add a campaign to the box’s data folder, where issuer and box run on two machines')
    .requiredOption('--data <folder>', 'data folder of the box')
    .requiredOption('--manifest <file>', 'manifest.json that "campaign create --role issuer" wrote')
    .action(addManifest)
}

function addLife(campaign: Command): void {
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

async function create(options: CreateOptions): Promise<void> {
  const { shares } = options.holders
  refuseOldKeys(options.keysOut, shares)
  refuseKeysBesideData(options.keysOut, options.data)
  const plan = planOf(options)
  const passphrases = await askPassphrases(shares)
  const here = await openRole(options.data, options.role)
  try {
    const { campaign, privateKey } = await makeCampaign(here, plan)
    const files = await writeShares(options.keysOut, campaign, privateKey, passphrases)
    const manifest = join(options.keysOut, 'manifest.json')
    writeFileSync(manifest, campaign.text)
    const { cid } = campaign.manifest
    const lines = [
      `draft ${cid}, check number ${checkNumber(campaign.mh)}`,
      ...files.map((file) => `key   ${file} and ${file.replace('.json', '.pdf')}`),
      `next  ita campaign rehearse --data ${options.data} --campaign ${cid} ${files.map((file) => `--key ${file}`).join(' ')}`,
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    await here.end()
  }
}

function planOf(options: CreateOptions): CampaignPlan {
  const plan: CampaignPlan = {
    fiscalYear: options.fiscalYear,
    agency: { th: options.agencyTh, en: options.agencyEn },
    eligible: options.lane,
    ...(options.openLane ? { openPerDay: options.openLane } : {}),
    ...(options.unit ? { units: options.unit } : {}),
    ...(options.point ? { points: options.point } : {}),
    issueWindow: { from: options.issueFrom, to: options.issueTo },
    answerWindow: { from: options.answerFrom, to: options.answerTo },
    k: { iit: options.kIit, eit: options.kEit },
    handout: options.handout,
    keyShares: options.holders,
  }
  const fault = planFault(plan, bangkokDay(Date.now()))
  if (fault) throw new Failure(mendingOf(fault), 2)
  return plan
}

async function addManifest({ data, manifest }: { data: string; manifest: string }): Promise<void> {
  const bytes = readManifest(manifest)
  const campaign = await readCampaign(bytes)
  if (!campaign) throw new Failure(`${manifest} is not a manifest; give the file that "campaign create" wrote`)
  const here = await openRole(data, 'box')
  try {
    const { cid } = campaign.manifest
    if (await here.box?.campaigns.findNow(campaign.cid)) throw new Failure(`${data} holds this campaign already`)
    await here.acts.write({ by: administrator(), act: 'campaign-added', campaign: cid })
    await here.box?.addCampaign(campaign.cid, lanesOf(campaign.manifest), bytes.toString('utf8'))
    process.stdout.write(`draft ${cid}, check number ${checkNumber(campaign.mh)}\n`)
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
    process.stdout.write(`open; check number ${checkNumber(campaign.mh)}\n`)
  })
}

async function end({ data, campaign: id }: OneCampaign): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    await endIssue(here, campaign, administrator())
    process.stdout.write('issue closed; responses are still taken\n')
  })
}

function unitOption(text: string, units: readonly Omit<Unit, 'id'>[] = []): readonly Omit<Unit, 'id'>[] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new InvalidArgumentError('give e.g. "Finance Division=25"')
  return [...units, { name: text.slice(0, at).trim(), eligible: countOption(text.slice(at + 1)) }]
}

function pointOption(name: string, points: readonly string[] = []): readonly string[] {
  return [...points, name.trim()]
}

function laneOption(text: string, lanes: Partial<Record<Lane, number>> = {}): Partial<Record<Lane, number>> {
  const [lane, people, ...rest] = text.split('=')
  if (!isLane(lane) || rest.length > 0) throw new InvalidArgumentError('give e.g. iit=600')
  if (lane === 'eit-open') throw new InvalidArgumentError('nobody counts who sees a poster; give --open-lane')
  const count = countOption(people ?? '')
  if (count < 1) throw new InvalidArgumentError('give how many people may answer, at least 1')
  return { ...lanes, [lane]: count }
}
