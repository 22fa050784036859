import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { type DemoCampaign, demoCampaign } from '#cli/demo/demo-campaign'
import { readSlips } from '#cli/files/slips-file'
import type { StoredCampaign } from '#collector/campaigns/campaign-register'
import { buildCollector } from '#collector/http/collector'
import { intakeKeysBeside, openStores, type Stores } from '#collector/installation/data-folder'
import type { Bytes } from '#protocol/bytes'
import { keyRoundOf, readKeyShareFile } from '#protocol/key-file'
import { joinKey, unwrapShare } from '#protocol/key-share'
import type { Slip } from '#protocol/slip-link'
import { copyData } from './copy-data.ts'
import { tempFolder } from './temp-folder.ts'

type TableLane = 'iit' | 'eit-public' | 'eit-survey'

/** The real collector with its real database in a temporary folder, and an open campaign. */
export interface TestCampaign {
  readonly app: FastifyInstance
  readonly stores: Stores
  readonly folder: string
  readonly campaign: StoredCampaign
  /** An unused slip of a lane. */
  slip(lane: TableLane): Slip
  privateKey(): Promise<Bytes>
}

/** Made once per test file and copied for each test: keys take a second to make, and nobody minds sharing them here. */
let template: Promise<{ readonly demo: DemoCampaign; readonly folder: string }> | undefined

async function makeTemplate() {
  const folder = mkdtempSync(join(tmpdir(), 'prongsai-template-'))
  process.on('exit', () => {
    for (const path of [folder, intakeKeysBeside(folder)]) rmSync(path, { recursive: true, force: true })
  })
  return { folder, demo: await demoCampaign(folder, 'http://127.0.0.1') }
}

export async function testCampaign(options: { quotaBytes?: number } = {}): Promise<TestCampaign> {
  template ??= makeTemplate()
  const { demo, folder: original } = await template
  const folder = tempFolder()
  copyData(original, folder)
  const stores = await openStores(folder, { boxQuotaBytes: options.quotaBytes })
  const app = await buildCollector({ ...stores, appFolder: null })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  const [cid] = (await stores.box.campaigns.all()).map((campaign) => campaign.cid)
  const campaign = await stores.box.campaign(cid as Uint8Array)
  if (!campaign) throw new Error('no demo campaign')
  const slips = new Map<TableLane, Slip[]>()
  return {
    app,
    stores,
    folder,
    campaign,
    slip(lane) {
      const left = slips.get(lane) ?? readSlips(demo.lanes[lane].slips).map(({ slip }) => slip)
      slips.set(lane, left)
      return left.pop() as Slip
    },
    async privateKey() {
      const file = readKeyShareFile(JSON.parse(readFileSync(join(folder, 'demo', 'key-1.json'), 'utf8')))
      return joinKey([file], [await unwrapShare(file, 'demo')], keyRoundOf(campaign))
    },
  }
}
