import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { openRole } from '#collector/installation/data-folder'
import { newestYear } from '#instruments/years'
import { checkNumber } from '#protocol/check-number'
import { bangkokDay } from '#protocol/day'
import { EMBLEM_SIDE, MOST_EMBLEM_BYTES, plainPng } from '#protocol/emblem'
import { isLane, type Lane } from '#protocol/lane'
import type { Unit } from '#protocol/manifest'
import { type CampaignPlan, planFault } from '#protocol/round-plan'
import { tidyWords } from '#protocol/shapes'
import { Failure } from '../installation/failure.ts'
import { makeCampaign } from '../installation/make-campaign.ts'
import { folderOptions } from '../installation/places.ts'
import { askPassphrases, refuseKeysBesideData, refuseOldKeys, writeShares } from '../keys/ceremony.ts'
import { countOption, dayOption, originOption, sharesOption } from '../terminal/options.ts'
import { mendingOf } from '../terminal/plan-mending.ts'

interface CreateOptions {
  readonly data: string
  readonly role: 'all' | 'issuer'
  readonly keysOut: string
  readonly fiscalYear: number
  readonly instruments: string
  readonly agencyTh: string
  readonly agencyEn: string
  readonly shortTh: string
  readonly shortEn: string
  readonly enquiries: string
  readonly reach: string
  readonly emblem?: string
  readonly origin: string
  readonly closesOn?: string
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

/** `ita campaign create`: manifest, signing keys and the key ceremony. */
export function addCreate(campaign: Command): void {
  withOwner(campaign.command('create'))
    .description('make a draft: manifest, signing keys, and the key ceremony (a file and a sheet for each key holder)')
    .requiredOption('--data <folder>', 'data folder, made when it is new')
    .requiredOption(
      '--keys-out <folder>',
      'folder for the key holders’ files and sheets; take it off this machine afterwards',
    )
    .requiredOption('--origin <url>', 'address at which respondents reach the app; printed on key sheets', originOption)
    .option('--closes-on <day>', 'day on which the box is closed; default: the last day of answering', dayOption)
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
}

/** What is measured, with whose questions, for whom. */
function withOwner(create: Command): Command {
  return create
    .requiredOption('--fiscal-year <year>', 'B.E., the year that is measured', countOption)
    .option('--instruments <id>', 'whose are asked: a year of this program, or imported ones', newestYear().id)
    .requiredOption('--agency-th <name>', 'name of the department in Thai')
    .requiredOption('--agency-en <name>', 'and in English')
    .requiredOption('--short-th <name>', 'the name people say, e.g. its abbreviation; up to 40 characters')
    .requiredOption('--short-en <name>', 'and in English')
    .requiredOption('--enquiries <who>', 'whom to ask about the survey: a person or an office')
    .requiredOption('--reach <how>', 'how to reach them: a telephone number, a room, an address')
    .option(
      '--emblem <file>',
      `the department's emblem as PNG, at most ${EMBLEM_SIDE} pixels a side; the room draws any picture anew`,
    )
}

async function create(options: CreateOptions): Promise<void> {
  const { shares } = options.holders
  refuseOldKeys(options.keysOut, shares)
  refuseKeysBesideData(options.keysOut, options.data)
  const plan = planOf(options)
  const passphrases = await askPassphrases(shares)
  const here = await openRole(options.data, options.role, folderOptions())
  try {
    const emblem = readEmblem(options.emblem)
    const { campaign, privateKey } = await makeCampaign(here, plan, emblem)
    const files = await writeShares(options.keysOut, campaign, privateKey, passphrases, {
      origin: options.origin,
      logHead: await here.acts.head(),
      ...(emblem ? { emblem: Buffer.from(emblem) } : {}),
    })
    const manifest = join(options.keysOut, 'manifest.json')
    writeFileSync(manifest, campaign.text)
    const { cid } = campaign.manifest
    const lines = [
      `draft ${cid}, check number ${await checkNumber(campaign.mh)}`,
      ...files.map((file) => `key   ${file} and ${file.replace('.json', '.pdf')}`),
      `next  ita campaign rehearse --data ${options.data} --campaign ${cid} ${files.map((file) => `--key ${file}`).join(' ')}`,
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    await here.end()
  }
}

/** The picture and nothing else of it. */
function readEmblem(file: string | undefined): Uint8Array | null {
  if (file === undefined) return null
  const plain = existsSync(file) ? plainPng(readFileSync(file)) : null
  if (!plain)
    throw new Failure(`${file}: give a PNG of at most ${EMBLEM_SIDE} pixels a side and ${MOST_EMBLEM_BYTES} bytes`)
  return plain
}

function planOf(options: CreateOptions): CampaignPlan {
  const plan: CampaignPlan = {
    fiscalYear: options.fiscalYear,
    instruments: options.instruments,
    agency: {
      th: { full: tidyWords(options.agencyTh), short: tidyWords(options.shortTh) },
      en: { full: tidyWords(options.agencyEn), short: tidyWords(options.shortEn) },
    },
    enquiries: { who: tidyWords(options.enquiries), how: tidyWords(options.reach) },
    ...(options.closesOn ? { closesOn: options.closesOn } : {}),
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

function unitOption(text: string, units: readonly Omit<Unit, 'id'>[] = []): readonly Omit<Unit, 'id'>[] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new InvalidArgumentError('give e.g. "Finance Division=25"')
  return [...units, { name: tidyWords(text.slice(0, at)), eligible: countOption(text.slice(at + 1)) }]
}

function pointOption(name: string, points: readonly string[] = []): readonly string[] {
  return [...points, tidyWords(name)]
}

function laneOption(text: string, lanes: Partial<Record<Lane, number>> = {}): Partial<Record<Lane, number>> {
  const [lane, people, ...rest] = text.split('=')
  if (!isLane(lane) || rest.length > 0) throw new InvalidArgumentError('give e.g. iit=600')
  if (lane === 'eit-open') throw new InvalidArgumentError('nobody counts who sees a poster; give --open-lane')
  const count = countOption(people ?? '')
  if (count < 1) throw new InvalidArgumentError('give how many people may answer, at least 1')
  return { ...lanes, [lane]: count }
}
