import { type Command, Option } from 'commander'
import encodeQR from 'qr'
import { inviteTablet } from '#collector/rounds/invite-tablet'
import { roundedDown } from '#collector/rounds/round-view'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { COUNTER_SIZES, type TabletLane } from '#protocol/counter'
import { Failure } from '../installation/failure.ts'
import { administrator, withCampaign } from '../installation/installation.ts'
import { countOption, originOption } from '../terminal/options.ts'

const LANES = { public: 'eit-public', survey: 'eit-survey' } as const satisfies Record<string, TabletLane>

interface EnrolOptions {
  readonly data: string
  readonly campaign: string
  readonly point: string
  readonly mode: keyof typeof LANES
  readonly quota: number
  readonly origin: string
}

export function addCounterCommands(program: Command): void {
  const counter = program.command('counter').description('tablets at service counters: enrol, revoke, list')
  counter
    .command('enrol')
    .description('print a link and its QR that enrol one tablet, once')
    .requiredOption('--data <folder>', 'data folder of the issuer')
    .requiredOption('--campaign <cid>', 'campaign id')
    .requiredOption('--point <name>', 'service point, e.g. "เคาน์เตอร์ 1"')
    .addOption(
      new Option('--mode <mode>', 'public: visitors answer; survey: an officer interviews')
        .choices(Object.keys(LANES))
        .default('public'),
    )
    .requiredOption('--quota <n>', 'most responses a day', countOption)
    .requiredOption('--origin <url>', 'address at which the app is served', originOption)
    .action(enrol)
  counter
    .command('revoke')
    .description('a tablet that was lost gets no more tickets; what it sealed it still delivers')
    .requiredOption('--data <folder>', 'data folder of the issuer')
    .requiredOption('--campaign <cid>', 'campaign id')
    .requiredOption('--tablet <id>', 'as "ita counter list" shows it')
    .action(revoke)
  counter
    .command('list')
    .description('tablets of a campaign, and how many tickets each was given')
    .requiredOption('--data <folder>', 'data folder of the issuer')
    .requiredOption('--campaign <cid>', 'campaign id')
    .action(list)
}

async function enrol({ data, campaign: id, point, mode, quota, origin }: EnrolOptions): Promise<void> {
  if (quota < 1 || quota > 2000) throw new Failure('give a quota from 1 to 2000 a day', 2)
  if (point.trim() === '' || [...point].length > 60)
    throw new Failure('give the point a name of up to 60 characters', 2)
  await withCampaign(data, id, async (here, campaign) => {
    const place = { lane: LANES[mode], point, quota }
    const link = await inviteTablet(here, campaign, place, { origin, by: administrator() })
    process.stdout.write(`${link}\n\n${qrLines(link)}`)
  })
}

async function revoke({
  data,
  campaign: id,
  tablet,
}: {
  data: string
  campaign: string
  tablet: string
}): Promise<void> {
  await withCampaign(data, id, async (here, { cid }) => {
    const tid = fromBase64Url(tablet, COUNTER_SIZES.tablet)
    const known = (await here.issuer?.tablets.of(cid)) ?? []
    if (!tid || !known.some((one) => one.tid.equals(tid))) {
      throw new Failure(`there is no tablet ${tablet}; "ita counter list" shows them`)
    }
    await here.acts.write({ by: administrator(), act: 'tablet-revoked', campaign: id, facts: { tablet } })
    await here.issuer?.tablets.revoke(tid)
    process.stdout.write('revoked; what it sealed it still delivers\n')
  })
}

async function list({ data, campaign: id }: { data: string; campaign: string }): Promise<void> {
  await withCampaign(data, id, async (here, { cid }) => {
    const tablets = (await here.issuer?.tablets.of(cid)) ?? []
    const lines = tablets.map(({ tid, point, lane, quota, state, issued, collected, delivered, turnedAway, heard }) => {
      const told = heard
        ? `${heard} collected ${collected}+ delivered ${delivered}+ turned away ${turnedAway}+`
        : 'not heard of yet'
      return `${toBase64Url(tid)}  ${state.padEnd(8)}  ${lane}  ${quota} a day, ${roundedDown(issued)}+ tickets given; ${told}  ${point}\n`
    })
    process.stdout.write(lines.join('') || 'no tablet yet; invite one with "ita counter enrol"\n')
  })
}

/** A QR for a terminal: two modules a character, dark on light whatever the terminal's colours are. */
function qrLines(text: string): string {
  const lines = encodeQR(text, 'ascii', { ecc: 'low' }).trimEnd().split('\n')
  return `${lines.map((line) => `\u001b[97;40m${line}\u001b[0m`).join('\n')}\n`
}
