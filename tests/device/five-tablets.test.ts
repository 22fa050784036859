import { expect, it } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import { directItem } from '#tests/support/direct-response.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { type Network, testDevice } from '#tests/support/test-device.ts'

it('five tablets with 200 responses each deliver at once through one address: no refusals, all stored', {
  timeout: 300_000,
}, async () => {
  const test = await testCampaign()
  const key = await test.stores.issuer.keys.of(test.campaign.cid, 'eit-public')
  if (!key) throw new Error('no key')
  const refused: number[] = []
  const office: Network = async (request, _pass) => {
    const reply = await test.app.inject({
      method: 'POST',
      url: request.path,
      payload: JSON.parse(request.body ?? '{}'),
      remoteAddress: '203.0.113.50',
    })
    if (reply.statusCode !== 200) refused.push(reply.statusCode)
    return new Response(new Uint8Array(reply.rawPayload), {
      status: reply.statusCode,
      headers: reply.headers as Record<string, string>,
    })
  }
  const tablets = await Promise.all(
    Array.from({ length: 5 }, async (_, tablet) => {
      const device = testDevice(test.app, office)
      for (let response = 0; response < 200; response += 1) {
        const item = await directItem(test.campaign, 'eit-public', key, { E1: 1 })
        const record = {
          ...item,
          id: `${tablet}-${response}`,
          v: 2,
          cid: test.campaign.manifest.cid,
          receipt: `${tablet}-${response}`,
          state: 'waiting',
        } as const
        await device.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', record))
      }
      return device
    }),
  )
  const started = performance.now()
  const reports = await Promise.all(tablets.map((device) => flushOutbox(device)))
  const seconds = (performance.now() - started) / 1000
  console.log(`5 tablets × 200: ${Math.round(1000 / seconds)} deliveries a second`)
  expect(refused).toEqual([])
  expect(reports.map((report) => report !== 'busy' && report.kept)).toEqual([200, 200, 200, 200, 200])
  expect(await test.stores.box.count(test.campaign.cid, 'eit-public')).toBe(1000)
})
