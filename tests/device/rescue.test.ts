import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { loadCampaign } from '#device/campaign'
import { flushOutbox } from '#device/delivery/flush'
import type { Device } from '#device/device'
import { makeRescue, takeItems, takeRescue } from '#device/tablet/rescue'
import { utf8 } from '#protocol/bytes'
import { receiptOf } from '#protocol/receipt'
import { nullifierOf } from '#protocol/ticket'
import { directItem } from '#tests/support/direct-response.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const N = 150

/** A tablet on which so many sealed responses wait. */
async function waitingTablet(test: TestCampaign, count: number): Promise<Device> {
  const key = await test.stores.issuer.keys.of(test.campaign.cid, 'eit-public')
  if (!key) throw new Error('no key')
  const device = testDevice(test.app)
  for (let made = 0; made < count; made += 1) {
    const item = await directItem(test.campaign, 'eit-public', key, { E1: 1 })
    const receipt = receiptOf(await nullifierOf(Buffer.from(item.input, 'base64url')))
    const record = {
      ...item,
      id: randomBytes(8).toString('hex'),
      v: 2,
      cid: test.campaign.manifest.cid,
      receipt,
      state: 'waiting',
    } as const
    await device.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', record))
  }
  return device
}

/** Another tablet of the same campaign. */
async function tabletOf(test: TestCampaign): Promise<Device> {
  const device = testDevice(test.app)
  await loadCampaign(device, test.campaign.cid, test.campaign.mh)
  return device
}

const bytesOf = async (device: Device) => utf8(JSON.stringify((await makeRescue(device))[0]))

describe(`a rescue file of ${N} responses`, () => {
  it('is delivered by another tablet, and by the first one when it comes back: 150 stored', {
    timeout: 120_000,
  }, async () => {
    const test = await testCampaign()
    const first = await waitingTablet(test, N)
    const second = await tabletOf(test)
    const file = await bytesOf(first)
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: N, known: 0, invalid: 0 })
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 0, known: N, invalid: 0 })
    // both at once, and the file a third time, in the middle and afterwards
    const [one, two] = await Promise.all([flushOutbox(first), flushOutbox(second)])
    expect([one, two]).toMatchObject([
      { kept: N, refused: 0 },
      { kept: N, refused: 0 },
    ])
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 0, known: N, invalid: 0 })
    expect(await test.stores.box.count(test.campaign.cid, 'eit-public')).toBe(N)
  })

  it('that broke on its way is taken whole or not at all', async () => {
    const test = await testCampaign()
    const file = await bytesOf(await waitingTablet(test, 3))
    const text = Buffer.from(file).toString()
    const rescue = JSON.parse(text)
    const broken = [
      text.slice(0, -40),
      '',
      '{}',
      'ita-rescue',
      JSON.stringify({ ...rescue, v: 1 }),
      JSON.stringify({ ...rescue, cid: 'x' }),
      JSON.stringify({ ...rescue, more: 1 }),
      JSON.stringify({ ...rescue, items: rescue.items.slice(1) }),
      text.replace(/"sig":"(.)/, (_, first) => `"sig":"${first === 'A' ? 'B' : 'A'}`),
      JSON.stringify({ ...rescue, items: [...rescue.items, { ...rescue.items[0], ct: 'short' }] }),
      JSON.stringify({ ...rescue, items: [{ ...rescue.items[0], extra: 1 }] }),
    ]
    for (const one of broken) {
      const device = await tabletOf(test)
      expect(await takeRescue(device, utf8(one))).toEqual({ outcome: 'not-a-rescue-file' })
      expect(await device.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))).toEqual([])
    }
  })

  it('leaves out one that was damaged in storage, and takes the place of a copy that was refused', async () => {
    const test = await testCampaign()
    const first = await waitingTablet(test, 3)
    const [damaged] = await first.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))
    if (!damaged) throw new Error('nothing waits')
    await first.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', { ...damaged, ct: 'damaged' }))
    const second = await tabletOf(test)
    const file = await bytesOf(first)
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 2, known: 0, invalid: 0 })
    const [bad] = await second.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))
    if (!bad) throw new Error('nothing was taken')
    const refused = {
      ...bad,
      sig: randomBytes(384).toString('base64url'),
      state: 'refused' as const,
      why: 'ticket-invalid',
    }
    await second.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', refused))
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 1, known: 1, invalid: 0 })
    expect(await flushOutbox(second)).toMatchObject({ kept: 2, refused: 0 })
  })

  it('holds no order of visitors and nothing that is not sent anyway', async () => {
    const test = await testCampaign()
    const device = await waitingTablet(test, 20)
    const [rescue] = await makeRescue(device)
    const inputs = rescue?.items.map(({ input }) => input) ?? []
    expect(inputs).toEqual([...inputs].sort())
    expect(Object.keys(rescue ?? {}).sort()).toEqual(['cid', 'hash', 'items', 'kind', 'v'])
    for (const item of rescue?.items ?? []) expect(Object.keys(item).sort()).toEqual(['ct', 'enc', 'input', 'sig'])
  })

  it('from a stranger’s screen fills nobody’s tablet: tickets are checked before anything is stored', async () => {
    const test = await testCampaign()
    const [rescue] = await makeRescue(await waitingTablet(test, 3))
    const [good, ...others] = rescue?.items ?? []
    if (!rescue || !good) throw new Error('nothing waits')
    const forged = others.map((item) => ({ ...item, sig: randomBytes(384).toString('base64url') }))
    const device = await tabletOf(test)
    expect(await takeItems(device, rescue.cid, [good, ...forged])).toEqual({
      outcome: 'taken',
      added: 1,
      known: 0,
      invalid: 2,
    })
    expect(await device.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))).toHaveLength(1)
    const stranger = testDevice(test.app)
    expect(await takeItems(stranger, rescue.cid, [good])).toEqual({ outcome: 'other-campaign' })
  })
})
