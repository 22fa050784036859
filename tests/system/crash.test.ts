import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { makeReplayDevice } from '#cli/demo/replay'
import { SeededRandom } from '#cli/demo/seeded-random'
import { readSlips } from '#cli/files/slips-file'
import { flushOutbox } from '#device/delivery/flush'
import { readHoldings } from '#device/holdings'
import { receiptOf } from '#protocol/receipt'
import { freePort, serve } from '#tests/support/ita.ts'
import { openBox } from '#tests/support/open-box.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** `npm run soak` does 50. */
const ROUNDS = Number(process.env.KILLS ?? 20)
const PHONES = ROUNDS * 5

it(`a collector killed ${ROUNDS} times under load has stored all that it acknowledged, once`, async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
  console.log(`seed ${seed}`)
  const random = new SeededRandom(seed)
  const folder = tempFolder()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const demo = await demoCampaign(join(folder, 'data'), origin)
  let collector = await serve(join(folder, 'data'), port)
  onTestFinished(() => collector.kill())
  const slips = readSlips(demo.lanes.iit.slips)
  const phones = Array.from({ length: PHONES }, () => makeReplayDevice(origin, random))
  const sealed: string[] = []
  for (const [index, phone] of phones.entries())
    sealed.push((await sealedOnDevice(phone, (slips[index] as (typeof slips)[number]).slip)).receipt)

  const waiting = async () => {
    const outboxes = await Promise.all(phones.map(async (phone) => (await readHoldings(phone)).outbox.length))
    return phones.filter((_, index) => (outboxes[index] ?? 0) > 0)
  }
  let killedUnderLoad = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    // phones deliver one after the other until the power goes, so that every moment of a delivery is hit some time
    const queue = random.shuffled(await waiting()).values()
    let arrived = 0
    const deliverUntilDown = async () => {
      for (const phone of queue) {
        const report = await flushOutbox(phone)
        if (report !== 'busy' && report.trouble !== null) return true
        arrived += 1
      }
      return false
    }
    const underWay = Promise.all([deliverUntilDown(), deliverUntilDown()])
    // in turn: while the collector is still cold, and when deliveries follow each other
    const until = Date.now() + 5000
    while (round % 2 === 1 && arrived === 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise((resolve) => setTimeout(resolve, 8 + random.below(round % 2 === 1 ? 30 : 70)))
    await collector.kill()
    if ((await underWay).some((hit) => hit)) killedUnderLoad += 1
    collector = await serve(join(folder, 'data'), port)
  }
  const acknowledged = (await Promise.all(phones.map(async (phone) => (await readHoldings(phone)).receipts)))
    .flat()
    .map(({ id }) => id)
  const stored = async () => {
    const box = await openBox(join(folder, 'data'))
    const [cid] = (await box.campaigns.all()).map((campaign) => campaign.cid)
    const nullifiers = await spentOf(box, cid as Uint8Array, 'iit')
    let rows = 0
    for await (const _ of box.sealedRows(cid as Uint8Array, 'iit')) rows += 1
    await box.end()
    return { receipts: nullifiers.map(receiptOf), rows }
  }
  const before = await stored()
  console.log(
    `${killedUnderLoad} of ${ROUNDS} kills hit a delivery; ${acknowledged.length} acknowledged, ${before.rows} stored`,
  )
  // without these the test would have shown nothing
  expect(killedUnderLoad).toBeGreaterThan(ROUNDS / 10)
  expect(acknowledged.length).toBeGreaterThan(ROUNDS / 4)
  expect(before.receipts).toEqual(expect.arrayContaining(acknowledged))
  expect(before.rows).toBe(before.receipts.length)

  for (const phone of phones) expect(await flushOutbox(phone)).toMatchObject({ trouble: null })
  const after = await stored()
  expect(after.receipts.toSorted()).toEqual(sealed.toSorted())
  expect(after.rows).toBe(PHONES)
})
