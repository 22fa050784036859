import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { loadCampaign } from '#device/campaign'
import type { Response } from '#results/open-responses'
import { COUNTED_LANES, formsOfRound, learnInstruments, type RoundForms } from '#results/round-forms'
import { makeReplayDevice, type ReplayRow, replayAll } from '../demo/replay.ts'
import { SeededRandom } from '../demo/seeded-random.ts'
import { readResponses } from '../files/csv-file.ts'
import { publishedInstruments } from '../files/sealed-source.ts'
import { readSlips } from '../files/slips-file.ts'
import { Failure } from '../installation/failure.ts'
import { concurrencyOption, countOption } from '../terminal/options.ts'
import { makeProgress } from '../terminal/progress.ts'

interface ReplayOptions {
  readonly url: string
  readonly answers: string
  readonly slips: string
  readonly concurrency: number
  readonly seed?: number
}

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('deliver a table of responses: every row is its own device with its own slip')
    .requiredOption('--url <url>', 'address of the collector')
    .requiredOption('--answers <file>', 'CSV with the column lane and one for each item, as responses are exported')
    .requiredOption('--slips <folder>', 'folder with a slips file for each lane, e.g. iit.txt')
    .option('--concurrency <n>', 'devices at a time', concurrencyOption, 8)
    .option('--seed <n>', 'repeatable order of rows and choice of slips', countOption)
    .action(replay)
}

async function replay(options: ReplayOptions): Promise<void> {
  const random = new SeededRandom(options.seed ?? Date.now())
  // what a typing error spoiled is said before anybody is asked for the round
  if (!existsSync(options.answers))
    throw new Failure(`${options.answers} is not there; give a CSV file with the column lane and one for each item`)
  const answers = readResponses(options.answers, await formsOf(options))
  const rows = dealSlips(random.shuffled(answers), options.slips, random)
  const progress = makeProgress('delivering', rows.length)
  const failures = new Map<string, number>()
  let kept = 0
  const started = performance.now()
  await replayAll(
    rows,
    { origin: new URL(options.url).origin, concurrency: options.concurrency, random },
    (outcome) => {
      progress.step()
      if (outcome === 'kept') kept += 1
      else failures.set(outcome, (failures.get(outcome) ?? 0) + 1)
    },
  )
  progress.end()
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${kept} of ${rows.length} kept, ${seconds.toFixed(1)} s\n`)
  if (kept < rows.length) {
    const reasons = [...failures].map(([reason, count]) => `${reason} ${count}`).join(', ')
    throw new Failure(
      `${rows.length - kept} rows were not kept (${reasons}); use unused slips of this campaign and a running collector`,
    )
  }
}

/** What the round of these slips asks. */
async function formsOf({ url, slips }: ReplayOptions): Promise<RoundForms> {
  const files = COUNTED_LANES.map((lane) => join(slips, `${lane}.txt`)).filter((file) => existsSync(file))
  const [first] = files.flatMap((file) => readSlips(file).slice(0, 1))
  if (!first) throw new Failure(`${slips} holds no slips; name a folder with e.g. ${COUNTED_LANES[0]}.txt`)
  const device = makeReplayDevice(new URL(url).origin, new SeededRandom(1))
  const loaded = await loadCampaign(device, first.slip.cid, first.slip.mh).catch(() => null)
  const manifest = loaded?.outcome === 'ready' ? loaded.campaign.manifest : null
  const isKnown = manifest && (await learnInstruments(manifest.instruments, (hash) => publishedInstruments(url, hash)))
  const forms = isKnown ? formsOfRound(manifest) : null
  if (!forms) throw new Failure(`${url} does not serve the round of these slips; start its collector`)
  return forms
}

function dealSlips(responses: readonly Response[], folder: string, random: SeededRandom): ReplayRow[] {
  const rows: ReplayRow[] = []
  for (const lane of COUNTED_LANES) {
    const ofLane = responses.filter((response) => response.lane === lane)
    if (ofLane.length === 0) continue
    const file = join(folder, `${lane}.txt`)
    const slips = random.shuffled(readSlips(file))
    if (slips.length < ofLane.length)
      throw new Failure(`${file} holds ${slips.length} slips for ${ofLane.length} rows; print more slips`)
    rows.push(...ofLane.map((response, index) => ({ response, slip: (slips[index] as (typeof slips)[number]).slip })))
  }
  return random.shuffled(rows)
}
