import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Device } from '#device/device'
import { flushOutbox } from '#device/flush'
import { makeRescue, takeRescue } from '#device/rescue'
import { utf8 } from '#protocol/bytes'
import { receiptOf } from '#protocol/receipt'
import { nullifierOf } from '#protocol/ticket'
import { directItem } from '#tests/support/direct-response.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const N = 150

/** A tablet on which so many sealed responses wait. */
async function waitingTablet(test: TestCampaign, count: number): Promise<Device> {
  const key = await test.stores.issuer.signingKey(test.campaign.cid, 'eit-public')
  if (!key) throw new Error('no key')
  const device = testDevice(test.app)
  for (let made = 0; made < count; made += 1) {
    const item = await directItem(test.campaign, 'eit-public', key, { E1: 1 })
    const receipt = receiptOf(await nullifierOf(Buffer.from(item.input, 'base64url')))
    const record = {
      ...item,
      id: randomBytes(8).toString('hex'),
      v: 1,
      cid: test.campaign.manifest.cid,
      receipt,
      state: 'waiting',
    } as const
    await device.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', record))
  }
  return device
}

const bytesOf = async (device: Device) => utf8(JSON.stringify((await makeRescue(device))[0]))

describe(`a rescue file of ${N} responses`, () => {
  it('is delivered by another tablet, and by the first one when it comes back: 150 stored', {
    timeout: 120_000,
  }, async () => {
    const test = await testCampaign()
    const first = await waitingTablet(test, N)
    const second = testDevice(test.app)
    const file = await bytesOf(first)
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: N, known: 0 })
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 0, known: N })
    // both at once, and the file a third time, in the middle and afterwards
    const [one, two] = await Promise.all([flushOutbox(first), flushOutbox(second)])
    expect([one, two]).toMatchObject([
      { kept: N, refused: 0 },
      { kept: N, refused: 0 },
    ])
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 0, known: N })
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
      JSON.stringify({ ...rescue, v: 2 }),
      JSON.stringify({ ...rescue, cid: 'x' }),
      JSON.stringify({ ...rescue, items: rescue.items.slice(1) }),
      text.replace(/"sig":"(.)/, (_, first) => `"sig":"${first === 'A' ? 'B' : 'A'}`),
      JSON.stringify({ ...rescue, items: [...rescue.items, { ...rescue.items[0], ct: 'short' }] }),
      JSON.stringify({ ...rescue, items: [{ ...rescue.items[0], extra: 1 }] }),
    ]
    for (const one of broken) {
      const device = testDevice(test.app)
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
    const second = testDevice(test.app)
    const file = await bytesOf(first)
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 2, known: 0 })
    const [bad] = await second.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))
    if (!bad) throw new Error('nothing was taken')
    const refused = {
      ...bad,
      sig: randomBytes(384).toString('base64url'),
      state: 'refused' as const,
      why: 'ticket-invalid',
    }
    await second.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', refused))
    expect(await takeRescue(second, file)).toEqual({ outcome: 'taken', added: 1, known: 1 })
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
})
