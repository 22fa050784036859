import { describe, expect, it, onTestFinished } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { resealAll } from '#collector/installation/storage-jobs'
import { closeCampaign, endIssue } from '#collector/rounds/campaign-life'
import { makeSlips } from '#collector/rounds/make-slips'
import { flushOutbox } from '#device/delivery/flush'
import { redeemSlip } from '#device/ticket'
import { bareDelivery } from '#tests/support/bare-box.ts'
import { newPlace } from '#tests/support/both-engines.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { testDevice } from '#tests/support/test-device.ts'

async function opened(place: Awaited<ReturnType<typeof newPlace>>) {
  const stores = await place.open()
  onTestFinished(() => stores.end().catch(() => undefined))
  return stores
}

describe.each(['sqlite', 'postgres'] as const)('a round in %s', (engine) => {
  it('is made, answered, sealed anew, closed, and read by another process as it was', async () => {
    const place = await newPlace(engine)
    const stores = await opened(place)
    const { campaign, slip } = await makeRound(stores, { eligible: { iit: 20 } })
    const app = await buildCollector({ ...stores, appFolder: null })
    const devices = Array.from({ length: 6 }, () => testDevice(app))
    for (const [at, device] of devices.entries()) {
      await sealedOnDevice(device, slip('iit', at))
      expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
      if (at === 2) await resealAll(stores, 'test')
    }
    expect(await redeemSlip(testDevice(app), slip('iit', 0))).toEqual({ outcome: 'refused', reason: 'code-used' })
    expect(await stores.box.count(campaign.cid, 'iit')).toBe(6)
    expect((await stores.issuer.slips.of(campaign.cid, 'iit')).map(({ exchanged }) => exchanged)).toEqual([6])
    await endIssue(stores, campaign, 'test')
    expect(await redeemSlip(testDevice(app), slip('iit', 9))).toEqual({ outcome: 'refused', reason: 'issue-closed' })
    await closeCampaign(stores, { ...campaign, state: 'issue-closed' }, 'test')
    const cid = campaign.manifest.cid
    const { lanes, closing } = (await app.inject(`/v2/campaigns/${cid}/receipts`)).json()
    expect([lanes.iit.count, lanes.iit.receipts.length, closing.rows]).toEqual([6, 6, 6])
    await app.close()
    await stores.end()

    const again = await opened(place)
    expect(await again.box.tally(campaign.cid, 'iit')).toEqual({ rows: 6, tickets: 6 })
    expect(await again.box.left(campaign.cid, 'iit')).toBe(0)
    expect(await again.issuer.codesLeft(campaign.cid, 'iit')).toBe(0)
    expect(await again.issuer.keys.of(campaign.cid, 'iit')).toBeNull()
    expect(await again.acts.check()).toMatchObject({ brokenAt: null })
    expect(again.box.keys.has(campaign.cid)).toBe(false)
  })

  it('is not loosened by whoever writes to the database', async () => {
    const stores = await opened(await newPlace(engine))
    const { campaign } = await makeRound(stores, { eligible: { iit: 5 } })
    for (const half of [stores.issuer, stores.box])
      await expect(half.campaigns.move(campaign.cid, 'draft')).rejects.toThrow('never goes back')
    await expect(stores.box.discard(campaign.cid)).rejects.toThrow('stays on record')
    await expect(stores.issuer.discard(campaign.cid, ['iit'])).rejects.toThrow('stays on record')
  })

  it('takes no delivery after closing, and every one that was acknowledged before is published', async () => {
    const stores = await opened(await newPlace(engine))
    const { campaign } = await makeRound(stores, { eligible: { iit: 5 } })
    const acknowledged: string[] = []
    let isOver = false
    const deliver = async () => {
      while (!isOver) {
        const delivery = bareDelivery(campaign)
        if ((await stores.box.keep(delivery)) === 'kept') acknowledged.push(Buffer.from(delivery.nf).toString('hex'))
        else isOver = true
      }
    }
    const load = Promise.all(Array.from({ length: 8 }, deliver))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await closeCampaign(stores, campaign, 'test')
    await load
    const published = (await spentOf(stores.box, campaign.cid, 'iit')).map((nf) => Buffer.from(nf).toString('hex'))
    expect(acknowledged.length).toBeGreaterThan(20)
    expect(published.sort()).toEqual(acknowledged.sort())
  })

  it('is sealed anew while two processes go on delivering, and nothing is lost or doubled by it', async () => {
    const place = await newPlace(engine)
    const [stores, other] = [await opened(place), await opened(place)]
    const { campaign } = await makeRound(stores, { eligible: { iit: 5 } })
    const kept: string[] = []
    for (let night = 0; night < 4; night += 1) {
      const some = Array.from({ length: 60 }, () => bareDelivery(campaign))
      const halves = [stores, other].flatMap(({ box }, half) =>
        some.filter((_, at) => at % 2 === half).map((one) => box.keep(one)),
      )
      await Promise.all([stores.box.reseal(campaign), ...halves])
      kept.push(...some.map(({ nf }) => Buffer.from(nf).toString('hex')))
    }
    expect(await stores.box.reseal(campaign)).toBe(true)
    await closeCampaign(stores, campaign, 'test')
    const published = (await spentOf(other.box, campaign.cid, 'iit')).map((nf) => Buffer.from(nf).toString('hex'))
    expect(published.sort()).toEqual(kept.sort())
  })

  it('has one main printing, whoever prints at the same moment', async () => {
    const place = await newPlace(engine)
    const stores = await opened(place)
    const { campaign } = await makeRound(stores, { eligible: { iit: 5, 'eit-public': 40 } })
    const [batch] = await stores.issuer.slips.of(campaign.cid, 'eit-public')
    await stores.issuer.slips.void(campaign.cid, 'eit-public', batch?.batch ?? 0)
    const other = await opened(place)
    const printed = await Promise.allSettled(
      [stores, other, stores].map(({ issuer }) =>
        makeSlips(issuer, campaign, { lane: 'eit-public', kind: 'main', count: 40 }),
      ),
    )
    expect(printed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('has a log in which no act is lost, whoever writes at the same moment', async () => {
    const place = await newPlace(engine)
    const all = [await opened(place), await opened(place)]
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => all[at % 2]?.acts.write({ by: `w${at}`, act: 'signed-in' })),
    )
    const acts = await all[0]?.acts.all()
    expect(new Set(acts?.map(({ act }) => act.by)).size).toBe(40)
    expect(await all[1]?.acts.check()).toMatchObject({ count: 40, brokenAt: null })
  })
})
