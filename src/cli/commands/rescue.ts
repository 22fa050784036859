import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { askCollector } from '#device/ask-collector'
import { loadCampaign } from '#device/campaign'
import { flushOutbox } from '#device/delivery/flush'
import type { Device } from '#device/device'
import { takeRescue } from '#device/tablet/rescue'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { isRecord, parseJson } from '#protocol/json'
import { readCampaign } from '#protocol/manifest'
import { SIZES } from '#protocol/sizes'
import { makeReplayDevice } from '../demo/replay.ts'
import { SeededRandom } from '../demo/seeded-random.ts'
import { Failure } from '../installation/failure.ts'
import { originOption } from '../terminal/options.ts'

export function addRescueCommand(program: Command): void {
  program
    .command('rescue')
    .description('deliver a tablet’s rescue file; safe to do twice, and while the tablet comes back')
    .requiredOption('--url <url>', 'address of the collector', originOption)
    .requiredOption('--file <file>', 'the rescue file')
    .action(rescue)
}

async function rescue({ url, file }: { url: string; file: string }): Promise<void> {
  const device = makeReplayDevice(url, new SeededRandom(Date.now()))
  const bytes = readFile(file)
  await learnCampaign(device, bytes)
  const taken = await takeRescue(device, bytes)
  if (taken.outcome !== 'taken')
    throw new Failure(`${file} is not a rescue file, or it is incomplete; nothing was delivered`)
  const report = await flushOutbox(device)
  if (report === 'busy' || report.trouble) {
    const why = report === 'busy' ? 'busy' : report.trouble
    throw new Failure(`not everything was delivered (${why}); run it again, nothing counts twice`)
  }
  process.stdout.write(`${report.kept} of ${taken.added} kept, ${report.refused} refused\n`)
}

/** A tablet knows its campaign; here the manifest comes from the collector that the responses go to. */
async function learnCampaign(device: Device, file: Buffer): Promise<void> {
  const value = parseJson(file)
  const cid = isRecord(value) ? fromBase64Url(value.cid, SIZES.campaignId) : null
  if (!cid) return
  const reply = await askCollector(device, `/v2/campaigns/${toBase64Url(cid)}`)
  const campaign = reply.reached && reply.status === 200 ? await readCampaign(reply.body) : null
  if (campaign) await loadCampaign(device, cid, campaign.mh)
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new Failure(`${file} cannot be read; name the file that the tablet saved`)
  }
}
