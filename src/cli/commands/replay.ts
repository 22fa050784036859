import { join } from 'node:path'
import type { Command } from 'commander'
import type { Response } from '#results/open-responses'
import { TABLE_LANES } from '#results/responses-csv'
import { readResponses } from '../csv-file.ts'
import { Failure } from '../failure.ts'
import { concurrencyOption, countOption } from '../options.ts'
import { makeProgress } from '../progress.ts'
import { type ReplayRow, replayAll } from '../replay.ts'
import { SeededRandom } from '../seeded-random.ts'
import { readSlips } from '../slips-file.ts'

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
    .requiredOption('--answers <file>', 'CSV with the columns lane, I1…I30, E1…E15')
    .requiredOption('--slips <folder>', 'folder with a slips file for each lane, e.g. iit.txt')
    .option('--concurrency <n>', 'devices at a time', concurrencyOption, 8)
    .option('--seed <n>', 'repeatable order of rows and choice of slips', countOption)
    .action(replay)
}

async function replay(options: ReplayOptions): Promise<void> {
  const random = new SeededRandom(options.seed ?? Date.now())
  const rows = dealSlips(random.shuffled(readResponses(options.answers)), options.slips, random)
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

function dealSlips(responses: readonly Response[], folder: string, random: SeededRandom): ReplayRow[] {
  const rows: ReplayRow[] = []
  for (const lane of TABLE_LANES) {
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
