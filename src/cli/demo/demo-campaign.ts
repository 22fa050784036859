import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openFolder, openStores, type Stores } from '#collector/installation/data-folder'
import { makeSlips } from '#collector/rounds/make-slips'
import { newestYear } from '#instruments/years'
import { type Bytes, toBase64Url } from '#protocol/bytes'
import { checkNumber } from '#protocol/check-number'
import { bangkokDay, fiscalYearOf } from '#protocol/day'
import { keyRoundOf } from '#protocol/key-file'
import { commitmentsTo, splitKey, wrapShare } from '#protocol/key-share'
import type { Campaign } from '#protocol/manifest'
import type { CampaignPlan } from '#protocol/round-plan'
import { slipLink } from '#protocol/slip-link'
import { COUNTED_LANES } from '#results/round-forms'
import { Failure } from '../installation/failure.ts'
import { makeCampaign, openAtOnce } from '../installation/make-campaign.ts'
import { folderOptions } from '../installation/places.ts'

type DemoLane = (typeof COUNTED_LANES)[number]

const SLIPS_PER_LANE = 600
const POSTER_PER_DAY = 200
const DEMO_PASSPHRASE = 'demo'
const DAY_MS = 86_400_000

/** Where a demo campaign's parts lie. Only a demonstration keeps codes and key beside the databases. */
export interface DemoCampaign {
  readonly cid: string
  readonly mh: string
  readonly checkNumber: string
  readonly lanes: Readonly<Record<DemoLane, { readonly slips: string }>>
  readonly keys: readonly string[]
}

/** The demo campaign of a data folder; made on an empty one, read again on any other. */
export async function demoCampaign(dataFolder: string, origin: string): Promise<DemoCampaign> {
  const folder = resolve(dataFolder)
  const record = join(folder, 'demo.json')
  if (existsSync(record)) return located(JSON.parse(readFileSync(record, 'utf8')) as DemoCampaign, folder)
  const stores = await openStores(folder, folderOptions())
  try {
    if ((await stores.box.campaigns.all()).length > 0) {
      throw new Failure(
        `${folder} holds a real campaign; a demonstration keeps its key beside the data: name a new folder`,
      )
    }
    const demo = await makeDemo(stores, folder, origin)
    writeFileSync(record, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
    return located(demo, folder)
  } finally {
    await stores.end()
  }
}

/** Whether a data folder holds campaigns that are no demonstration of ours. */
export async function holdsRealCampaigns(dataFolder: string): Promise<boolean> {
  if (existsSync(join(dataFolder, 'demo.json'))) return false
  const here = await openFolder(dataFolder, folderOptions())
  const campaigns = await (here?.box ?? here?.issuer)?.campaigns.all()
  await here?.end()
  return (campaigns?.length ?? 0) > 0
}

/** The record holds paths inside the data folder, so that the folder can be moved; callers get whole ones. */
function located(demo: DemoCampaign, folder: string): DemoCampaign {
  const slips = (lane: DemoLane) => ({ slips: join(folder, demo.lanes[lane].slips) })
  const lanes = { iit: slips('iit'), 'eit-public': slips('eit-public'), 'eit-survey': slips('eit-survey') }
  return { ...demo, lanes, keys: demo.keys.map((key) => join(folder, key)) }
}

async function makeDemo(stores: Stores, folder: string, origin: string): Promise<DemoCampaign> {
  const made = await makeCampaign(stores, planOf())
  const { campaign, privateKey } = made
  await openAtOnce(stores, made)
  const key = join('demo', 'key-1.json')
  mkdirSync(join(folder, 'demo', 'slips'), { recursive: true, mode: 0o700 })
  await writeKey(join(folder, key), privateKey, campaign)
  const slips: Partial<Record<DemoLane, { slips: string }>> = {}
  for (const lane of COUNTED_LANES) {
    const file = join('demo', 'slips', `${lane}.txt`)
    const codes = await makeSlips(stores.issuer, campaign, { lane, kind: 'main', count: SLIPS_PER_LANE })
    const links = codes.map((code) => `${slipLink(origin, { cid: campaign.cid, mh: campaign.mh, code })}\n`)
    writeFileSync(join(folder, file), links.join(''), { mode: 0o600 })
    slips[lane] = { slips: file }
  }
  const lanes = slips as DemoCampaign['lanes']
  const mh = toBase64Url(campaign.mh)
  return { cid: campaign.manifest.cid, mh, checkNumber: await checkNumber(campaign.mh), lanes, keys: [key] }
}

function planOf(): CampaignPlan {
  const day = (offset: number) => bangkokDay(Date.now() + offset * DAY_MS)
  const window = { from: day(0), to: day(90) }
  return {
    fiscalYear: fiscalYearOf(day(0)),
    instruments: newestYear().id,
    agency: {
      th: { full: 'กรมตัวอย่าง (สาธิต)', short: 'กรมตัวอย่าง' },
      en: { full: 'Department of Examples (demonstration)', short: 'Examples' },
    },
    enquiries: { who: 'กลุ่มงานจริยธรรม กรมตัวอย่าง', how: 'โทร. 0 2000 0000' },
    eligible: Object.fromEntries(COUNTED_LANES.map((lane) => [lane, SLIPS_PER_LANE])),
    openPerDay: POSTER_PER_DAY,
    issueWindow: window,
    answerWindow: window,
    k: { iit: 10, eit: 5 },
    handout: 'drawn',
  }
}

async function writeKey(file: string, privateKey: Bytes, campaign: Campaign): Promise<void> {
  const [share] = await splitKey(privateKey, 1, 1)
  const commitments = await commitmentsTo([share as Bytes])
  const place = { ...keyRoundOf(campaign), threshold: 1, shares: 1, index: 1, commitments }
  const wrapped = await wrapShare(share as Bytes, place, DEMO_PASSPHRASE)
  writeFileSync(file, `${JSON.stringify(wrapped, null, 2)}\n`, { mode: 0o600 })
}
