import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeReplayDevice } from '#cli/demo/replay'
import { SeededRandom } from '#cli/demo/seeded-random'
import { intakeKeysBeside } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import type { Device } from '#device/device'
import { readHoldings } from '#device/holdings'
import { receiptOf } from '#protocol/receipt'
import type { Slip } from '#protocol/slip-link'
import { newPlace } from '#tests/support/both-engines.ts'
import { copyPrivately } from '#tests/support/copy-data.ts'
import { freePort, type ServedCollector, serve } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** `npm run soak` does it for ten minutes. */
const SECONDS = Number(process.env.KILL_SECONDS ?? 25)
const KILL_EVERY_MS = 5000

/** A process of one role that is started anew whenever it is killed, always at the same port. */
class Kept {
  readonly port: number
  readonly #start: () => Promise<ServedCollector>
  #running: Promise<ServedCollector>

  constructor(port: number, start: () => Promise<ServedCollector>) {
    this.port = port
    this.#start = start
    this.#running = start()
  }

  async ready(): Promise<void> {
    await this.#running
  }

  async kill(): Promise<void> {
    await (await this.#running).kill()
    this.#running = this.#start()
    await this.#running
  }

  async end(): Promise<void> {
    await this.#running.then(
      (running) => running.kill(),
      () => undefined,
    )
  }
}

/** Three boxes and two issuers, each with a data folder and a copy of the keys of its own, as on five machines. */
async function processes(databases: { readonly issuer?: string; readonly box?: string }, keys: string) {
  const folder = tempFolder()
  const start = async (role: 'issuer' | 'box', at: number) => {
    const data = join(folder, `${role}${at}`)
    mkdirSync(data, { mode: 0o700 })
    copyPrivately(keys, intakeKeysBeside(data))
    const database = role === 'issuer' ? ['--issuer-db', databases.issuer ?? ''] : ['--box-db', databases.box ?? '']
    const port = await freePort()
    const kept = new Kept(port, () => serve(data, port, ['--role', role, ...database]))
    onTestFinished(() => kept.end())
    await kept.ready()
    return kept
  }
  const issuers = [await start('issuer', 1), await start('issuer', 2)]
  const boxes = [await start('box', 1), await start('box', 2), await start('box', 3)]
  return { issuers, boxes }
}

/** A phone whose requests a proxy would send to any process of the right role. */
function phoneOf(at: Awaited<ReturnType<typeof processes>>, random: SeededRandom): Device {
  const device = makeReplayDevice('http://127.0.0.1:1', random)
  return {
    ...device,
    fetch: ((input: string, init?: RequestInit) => {
      const { pathname } = new URL(input)
      const all = /^\/v2\/(issue|wallet|codes|enrol|tablet|totals)$/.test(pathname) ? at.issuers : at.boxes
      const { port } = all[random.below(all.length)] as Kept
      return fetch(`http://127.0.0.1:${port}${pathname}`, init)
    }) as Device['fetch'],
  }
}

/** Like a patient phone, until all is over. */
async function answerAndDeliver(phone: Device, slip: Slip, over: { readonly yes: boolean }): Promise<void> {
  const patiently = async (step: () => Promise<boolean>) => {
    while (!over.yes && !(await step().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await patiently(async () => (await sealedOnDevice(phone, slip)) !== null)
  await patiently(async () => {
    const report = await flushOutbox(phone)
    return report !== 'busy' && report.trouble === null
  })
}

it(`three boxes and two issuers over one PostgreSQL, one killed every ${KILL_EVERY_MS / 1000} s for ${SECONDS} s under load, closed in the middle of it: what was acknowledged is published, once`, {
  timeout: 120_000 + 2000 * SECONDS,
}, async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
  const random = new SeededRandom(seed)
  const place = await newPlace('postgres')
  const office = await place.open()
  onTestFinished(() => office.end())
  const slips = Math.max(400, SECONDS * 40)
  const { campaign, slip } = await makeRound(office, { eligible: { iit: slips } })
  const all = await processes(place.databases, intakeKeysBeside(place.dataFolder))
  const kept = [...all.issuers, ...all.boxes]

  const phones: Device[] = []
  const until = Date.now() + SECONDS * 1000
  const over = { yes: false }
  const answer = async () => {
    while (!over.yes && phones.length < slips) {
      const mine = phones.length
      const phone = phoneOf(all, random)
      phones.push(phone)
      await answerAndDeliver(phone, slip('iit', mine), over)
    }
  }
  const load = Promise.all(Array.from({ length: 6 }, answer))
  let kills = 0
  while (Date.now() + KILL_EVERY_MS < until) {
    await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS))
    await (kept[random.below(kept.length)] as Kept).kill()
    kills += 1
  }
  await closeCampaign(office, campaign, 'test', 'a test')
  over.yes = true
  await load
  const receipts = (await Promise.all(phones.map(async (phone) => (await readHoldings(phone)).receipts))).flat()
  const published = (await spentOf(office.box, campaign.cid, 'iit')).map(receiptOf)
  console.log(`seed ${seed}: ${kills} kills, ${receipts.length} acknowledged, ${published.length} published`)
  expect(kills).toBeGreaterThanOrEqual(Math.floor(SECONDS / 8))
  expect(receipts.length).toBeGreaterThan(SECONDS)
  expect(new Set(published).size).toBe(published.length)
  expect(published).toEqual(expect.arrayContaining(receipts.map(({ id }) => id)))
  const stored = { rows: published.length, tickets: published.length }
  expect(await office.box.tally(campaign.cid, 'iit')).toEqual(stored)
  // a response whose answer was lost may be there; nothing else is
  expect(published.length - receipts.length).toBeLessThanOrEqual(6 * (kills + 1))
  expect((await office.acts.check()).brokenAt).toBeNull()
})
