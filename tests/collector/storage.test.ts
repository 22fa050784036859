import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import { readHoldings } from '#device/holdings'
import { codeHash } from '#protocol/code'
import { boxBody } from '#protocol/messages'
import { receiptOf } from '#protocol/receipt'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

describe('the databases', () => {
  it('are files for their owner only, journalled without WAL, with deleted bytes overwritten', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const sealed = await sealedOnDevice(device, test.slip('iit'))
    await test.app.inject({ method: 'POST', url: '/v2/box', payload: JSON.parse(boxBody(sealed.cid, [sealed])) })
    expect(readdirSync(test.folder).filter((file) => /wal|shm/.test(file))).toEqual([])
    for (const file of ['box.sqlite', 'issuer.sqlite'])
      expect(statSync(join(test.folder, file)).mode & 0o777).toBe(0o600)
    const journal = join(test.folder, 'box.sqlite-journal')
    expect(readdirSync(test.folder).includes('box.sqlite-journal') ? statSync(journal).size : 0).toBe(0)
  })
})

describe('a full box', () => {
  it('answers 503, acknowledges nothing, and takes everything once there is room', async () => {
    const test = await testCampaign({ quotaBytes: 140_000 })
    const device = testDevice(test.app)
    let refused = 0
    for (let count = 0; count < 60 && refused < 3; count += 1) {
      await sealedOnDevice(device, test.slip('iit'))
      const report = await flushOutbox(device)
      if (report !== 'busy' && report.trouble === 'storage-full') refused += 1
    }
    expect(refused).toBe(3)
    const acknowledged = (await readHoldings(device)).receipts.map(({ id }) => id)
    const stored = (await spentOf(test.stores.box, test.campaign.cid, 'iit')).map(receiptOf)
    expect(stored).toEqual(expect.arrayContaining(acknowledged))
    const left = (await readHoldings(device)).outbox.length
    expect(left).toBeGreaterThan(0)

    const roomy = await openStores(test.folder)
    const app = await buildCollector({ ...roomy, appFolder: null })
    const later = testDevice(app, undefined, { store: device.store })
    expect(await flushOutbox(later)).toMatchObject({ kept: left, trouble: null })
    await app.close()
    await roomy.end()
  })
})

describe('closing', () => {
  it('lets no delivery in that was under way, so that every acknowledged one has its receipt published', async () => {
    const test = await testCampaign()
    const delivery = {
      cid: test.campaign.cid,
      lane: 'iit',
      nf: new Uint8Array(32),
      sealed: new Uint8Array(1105),
    } as const
    expect(await test.stores.box.keep(delivery)).toBe('kept')
    await closeCampaign(test.stores, test.campaign, 'test')
    expect(await test.stores.box.keep({ ...delivery, nf: new Uint8Array(32).fill(1) })).toBe('campaign-closed')
    expect(await spentOf(test.stores.box, test.campaign.cid, 'iit')).toHaveLength(1)
  })
})

describe('receipts', () => {
  it('are published after closing only, and hold every delivered one', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const sealed = [await sealedOnDevice(device, test.slip('iit')), await sealedOnDevice(device, test.slip('iit'))]
    await flushOutbox(device)
    const url = `/v2/campaigns/${test.campaign.manifest.cid}/receipts`
    expect((await test.app.inject(url)).statusCode).toBe(404)
    await closeCampaign(test.stores, test.campaign, 'test')
    const { lanes } = (await test.app.inject(url)).json()
    expect(lanes.iit).toEqual({ count: 2, receipts: sealed.map(({ receipt }) => receipt).sort() })
  })

  it('are there at once when another process has closed the round', async () => {
    const test = await testCampaign()
    const url = `/v2/campaigns/${test.campaign.manifest.cid}/receipts`
    expect((await test.app.inject(url)).statusCode).toBe(404)
    const other = await openStores(test.folder)
    await closeCampaign(other, test.campaign, 'test')
    await other.end()
    expect((await test.app.inject(url)).statusCode).toBe(200)
  })

  it('outlive codes and signing keys, which closing destroys', async () => {
    const test = await testCampaign()
    const { cid, code, lane } = test.slip('iit')
    expect(await test.stores.issuer.isUnused(cid, lane, await codeHash(cid, code))).toBe(true)
    await test.stores.issuer.destroyCampaign(cid, ['iit', 'eit-public', 'eit-survey'])
    expect(await test.stores.issuer.keys.of(cid, lane)).toBeNull()
    expect(await test.stores.issuer.isUnused(cid, lane, await codeHash(cid, code))).toBe(false)
  })
})
