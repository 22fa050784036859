import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openStores, type Stores } from '#collector/data-folder'
import { type Bytes, toBase64Url, utf8 } from '#protocol/bytes'
import { codeHash, makeCode } from '#protocol/code'
import { splitKey, wrapShare } from '#protocol/key-share'
import type { Lane } from '#protocol/lane'
import {
  canonicalHash,
  canonicalJson,
  checkNumber,
  type Manifest,
  type ManifestLane,
  readCampaign,
} from '#protocol/manifest'
import { makeBoxKeys } from '#protocol/sealed-box'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { slipLink } from '#protocol/slip-link'
import { QUESTIONNAIRE_FILES } from '#results/questionnaires'

const DEMO_LANES = { iit: 'iit-2566', 'eit-public': 'eit-2566', 'eit-survey': 'eit-2566' } as const
type DemoLane = keyof typeof DEMO_LANES

const SLIPS_PER_LANE = 600
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
  const stores = await openStores(folder)
  try {
    const demo = await makeDemo(stores, folder, origin)
    writeFileSync(record, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
    return located(demo, folder)
  } finally {
    await stores.end()
  }
}

/** The record holds paths inside the data folder, so that the folder can be moved; callers get whole ones. */
function located(demo: DemoCampaign, folder: string): DemoCampaign {
  const slips = (lane: DemoLane) => ({ slips: join(folder, demo.lanes[lane].slips) })
  const lanes = { iit: slips('iit'), 'eit-public': slips('eit-public'), 'eit-survey': slips('eit-survey') }
  return { ...demo, lanes, keys: demo.keys.map((key) => join(folder, key)) }
}

async function makeDemo(stores: Stores, folder: string, origin: string): Promise<DemoCampaign> {
  const cid = new Uint8Array(randomBytes(SIZES.campaignId))
  const { privateKey, publicKey } = await makeBoxKeys()
  const lanes: Partial<Record<Lane, ManifestLane>> = {}
  for (const [lane, form] of Object.entries(DEMO_LANES) as [DemoLane, string][]) {
    lanes[lane] = { form, issuerKey: await stores.issuer.addLane(cid, lane), eligible: SLIPS_PER_LANE }
  }
  const text = canonicalJson(await manifestOf(cid, publicKey, lanes))
  const campaign = await readCampaign(utf8(text))
  if (!campaign) throw new Error('the demo manifest is damaged')
  await stores.box.addCampaign(cid, Object.keys(DEMO_LANES) as DemoLane[], text)
  const key = join('demo', 'key-1.json')
  mkdirSync(join(folder, 'demo', 'slips'), { recursive: true, mode: 0o700 })
  await writeKey(join(folder, key), privateKey, campaign.manifest.cid)
  const slips: Partial<Record<DemoLane, { slips: string }>> = {}
  for (const lane of Object.keys(DEMO_LANES) as DemoLane[]) {
    const file = join('demo', 'slips', `${lane}.txt`)
    writeFileSync(join(folder, file), await makeSlips(stores, lane, cid, campaign.mh, origin), { mode: 0o600 })
    slips[lane] = { slips: file }
  }
  const mh = toBase64Url(campaign.mh)
  const complete = slips as DemoCampaign['lanes']
  return { cid: campaign.manifest.cid, mh, checkNumber: checkNumber(campaign.mh), lanes: complete, keys: [key] }
}

async function manifestOf(cid: Uint8Array, boxKey: Uint8Array, lanes: Manifest['lanes']): Promise<Manifest> {
  const day = (offset: number) => bangkokDay(Date.now() + offset * DAY_MS)
  return {
    v: 1,
    cid: toBase64Url(cid),
    fiscalYear: 2567,
    agency: { th: 'กรมตัวอย่าง (สาธิต)', en: 'Department of Examples (demonstration)' },
    lanes,
    questionnaires: {
      'iit-2566': await canonicalHash(QUESTIONNAIRE_FILES['iit-2566']),
      'eit-2566': await canonicalHash(QUESTIONNAIRE_FILES['eit-2566']),
    },
    boxKey: toBase64Url(boxKey),
    issueWindow: { from: day(0), to: day(90) },
    answerWindow: { from: day(0), to: day(90) },
    size: PADDED_SIZE,
    k: { iit: 10, eit: 5 },
    handout: 'drawn',
  }
}

async function writeKey(file: string, privateKey: Bytes, cid: string): Promise<void> {
  const [share] = await splitKey(privateKey, 1, 1)
  const wrapped = await wrapShare(share as Bytes, { cid, threshold: 1, shares: 1, index: 1 }, DEMO_PASSPHRASE)
  writeFileSync(file, `${JSON.stringify(wrapped, null, 2)}\n`, { mode: 0o600 })
}

async function makeSlips(stores: Stores, lane: Lane, cid: Bytes, mh: Bytes, origin: string): Promise<string> {
  const codes = Array.from({ length: SLIPS_PER_LANE }, () => makeCode(lane, randomBytes(23)))
  await stores.issuer.addCodes(cid, lane, await Promise.all(codes.map((code) => codeHash(cid, code))))
  return codes.map((code) => `${slipLink(origin, { cid, mh, code })}\n`).join('')
}

function bangkokDay(timeMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok', dateStyle: 'short' }).format(timeMs)
}
