import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { isClosed } from '#collector/campaigns/campaign-state'
import { emblemOf } from '#collector/rounds/emblem-of'
import { makeSlips } from '#collector/rounds/make-slips'
import { roundedDown } from '#collector/rounds/round-view'
import { openPosterPdf } from '#print/open-poster-pdf'
import { posterPdf } from '#print/poster-pdf'
import { slipsPdf } from '#print/slips-pdf'
import { sha256, toBase64Url } from '#protocol/bytes'
import { plainPng } from '#protocol/emblem'
import { LANES, type Lane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import { tidyWords } from '#protocol/shapes'
import { Failure } from '../installation/failure.ts'
import { administrator, withCampaign } from '../installation/installation.ts'
import { countOption, originOption } from '../terminal/options.ts'

interface SlipsOptions {
  readonly data: string
  readonly campaign: string
  readonly lane: Lane
  readonly count?: number
  readonly out?: string
  readonly origin?: string
  readonly spare?: boolean
  readonly second?: string
  readonly unit?: string
  readonly void?: number
  readonly emblem?: string
}

/** A poster has no slips. */
const SLIP_LANES = LANES.filter((lane) => lane !== 'eit-open')

export function addPrintCommands(program: Command): void {
  program
    .command('slips')
    .description('print slips: the codes exist in this PDF and, as hashes, in the issuer; nowhere else')
    .requiredOption('--data <folder>', 'data folder of the issuer')
    .requiredOption('--campaign <cid>', 'campaign id')
    .addOption(new Option('--lane <lane>', 'whom they are for').choices(SLIP_LANES).makeOptionMandatory())
    .option('--count <n>', 'how many', countOption)
    .option('--out <file>', 'PDF to write')
    .option('--origin <url>', 'address at which the app is served, e.g. https://ita.example.go.th', originOption)
    .option('--spare', 'spare slips, beside the main printing; counted and published too; needs --second')
    .option(
      '--second <name>',
      'the second administrator, who is here when spare slips are printed; written into the log',
    )
    .option('--unit <name>', 'for the envelope of one unit, as the manifest names it')
    .option('--emblem <file>', 'the emblem as PNG, where the box that keeps it is on another machine')
    .option('--void <printing>', 'void a printing instead: its unused slips are worth nothing any more', countOption)
    .action(slips)
  program
    .command('poster')
    .description('print the poster: check number and facts of a campaign, no code')
    .requiredOption('--data <folder>', 'data folder')
    .requiredOption('--campaign <cid>', 'campaign id')
    .requiredOption('--origin <url>', 'address at which the app is served', originOption)
    .requiredOption('--out <file>', 'PDF to write')
    .option('--open-lane', 'the other poster: its QR lets whoever scans it answer')
    .action(poster)
}

async function slips(options: SlipsOptions): Promise<void> {
  if (options.void !== undefined) return voidSlips(options, options.void)
  const { lane, count, out, origin } = options
  if (!count || !out || !origin) throw new Failure('give --count, --out and --origin, or --void PRINTING', 2)
  await withCampaign(options.data, options.campaign, async (here, campaign) => {
    if (!here.issuer) throw new Failure('slips are printed where the issuer is; name its data folder')
    const kind = options.spare ? 'spare' : 'main'
    const second = secondOf(options)
    const named = options.emblem ? await namedEmblem(options.emblem, campaign.manifest) : undefined
    // first the place to write to: codes that were made and cannot be printed are lost
    const file = openNew(out)
    try {
      const unit = unitOf(campaign.manifest, options.unit)
      const facts = {
        lane,
        kind,
        count,
        ...(unit === undefined ? {} : { unit }),
        ...second,
      }
      const codes = await makeSlips(here.issuer, campaign, {
        lane,
        kind,
        count,
        ...(unit === undefined ? {} : { unit }),
      })
      const act = { by: administrator(), act: 'slips-printed', campaign: campaign.manifest.cid, facts } as const
      const logHead = await here.acts.write(act)
      const emblem = named ?? (await emblemOf(here, campaign.manifest))
      writeSync(file, await slipsPdf({ campaign, lane, kind, codes, origin, logHead, emblem }))
    } catch (error) {
      rmSync(out)
      throw error
    } finally {
      closeSync(file)
    }
    process.stdout.write(`${count} slips in ${out}; print, cut, shuffle, then delete the file\n`)
  })
}

/** Who is here beside the administrator when spare slips are printed. This terminal cannot check it; the log says it. */
function secondOf({ spare, second = '' }: SlipsOptions): { readonly second?: string } {
  if (!spare) return {}
  const name = tidyWords(second)
  if (name === '' || name === administrator())
    throw new Failure('spare slips are slips beyond the people; name a second administrator with --second')
  return { second: name }
}

/** The emblem from a file, if it is the one that the manifest names. */
async function namedEmblem(file: string, { emblem }: Manifest): Promise<Buffer> {
  // as it was kept: the picture and nothing else of the file
  const picture = existsSync(file) ? plainPng(readFileSync(file)) : null
  if (picture && toBase64Url(await sha256(picture)) === emblem) return Buffer.from(picture)
  throw new Failure(`${file} is not the emblem that this campaign names`)
}

/** The id of a unit by its name. */
function unitOf({ units = [] }: Manifest, name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const found = units.find((unit) => unit.name === name)
  if (!found)
    throw new Failure(
      `this campaign has no unit "${name}"; it has ${units.map((unit) => unit.name).join(', ') || 'none'}`,
    )
  return found.id
}

function openNew(file: string): number {
  try {
    return openSync(file, 'wx', 0o600)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Failure(`${file} exists; name a new file`)
    throw new Failure(`${file} cannot be written; name a file in a folder that is there`)
  }
}

async function voidSlips({ data, campaign: id, lane }: SlipsOptions, batch: number): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    if (!here.issuer) throw new Failure('slips are voided where the issuer is; name its data folder')
    if (isClosed(campaign.state)) throw new Failure('this campaign is closed: its slips are counted and published')
    const known = await here.issuer.slips.of(campaign.cid, lane)
    if (!known.some((one) => one.batch === batch && !one.voided)) {
      throw new Failure(`there is no printing ${batch} of ${lane} to void; "ita campaign list" shows the printings`)
    }
    const facts = { lane, printing: batch }
    await here.acts.write({ by: administrator(), act: 'slips-voided', campaign: campaign.manifest.cid, facts })
    const voided = await here.issuer.slips.void(campaign.cid, lane, batch)
    process.stdout.write(
      `voided; of ${voided?.printed} slips those exchanged before (${roundedDown(voided?.exchanged ?? 0)}+) stay valid\n`,
    )
  })
}

interface PosterOptions extends Required<Pick<SlipsOptions, 'data' | 'campaign' | 'origin' | 'out'>> {
  readonly openLane?: boolean
}

async function poster({ data, campaign: id, origin, out, openLane }: PosterOptions): Promise<void> {
  await withCampaign(data, id, async (here, campaign) => {
    if (openLane && !campaign.manifest.lanes['eit-open'])
      throw new Failure('this campaign has no open lane; only "ita campaign create --open-lane N" makes one')
    const emblem = await emblemOf(here, campaign.manifest)
    const facts = { origin, logHead: await here.acts.head(), emblem }
    writeFileSync(out, await (openLane ? openPosterPdf(campaign, facts) : posterPdf(campaign, facts)))
    process.stdout.write(`${out}\n`)
  })
}
