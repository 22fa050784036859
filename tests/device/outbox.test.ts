import { describe, expect, it } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import { readHoldings } from '#device/holdings'
import { makeMemoryStore } from '#device/memory-store'
import { boxBody } from '#protocol/messages'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { html, json, type Network, testDevice } from '#tests/support/test-device.ts'

/** Faults hit deliveries only; tickets come as usual. */
const onDelivery =
  (fault: Network): Network =>
  (request, pass) =>
    request.path === '/v2/box' ? fault(request, pass) : pass()

async function storedOf({ stores, campaign }: TestCampaign) {
  return (await spentOf(stores.box, campaign.cid, 'iit')).length
}

async function rowsOf({ stores, campaign }: TestCampaign) {
  let rows = 0
  for await (const _ of stores.box.sealedRows(campaign.cid, 'iit')) rows += 1
  return rows
}

describe('the outbox', () => {
  it('keeps a sealed response until the collector says it is kept', async () => {
    const test = await testCampaign()
    let portal = true
    const device = testDevice(
      test.app,
      onDelivery((_request, pass) => (portal ? Promise.resolve(html('Sign in to this Wi-Fi')) : pass())),
    )
    const sealed = await sealedOnDevice(device, test.slip('iit'))
    expect(await flushOutbox(device)).toMatchObject({ kept: 0, trouble: 'not-reached' })
    expect((await readHoldings(device)).outbox).toEqual([sealed])
    portal = false
    expect(await flushOutbox(device)).toMatchObject({ kept: 1, trouble: null })
    const { outbox, receipts, tickets } = await readHoldings(device)
    expect({ outbox, tickets }).toEqual({ outbox: [], tickets: [] })
    expect(receipts.map(({ id }) => id)).toEqual([sealed.receipt])
    expect(await storedOf(test)).toBe(1)
  })

  it('delivers again, without doubling, when the answer was lost after the commit', async () => {
    const test = await testCampaign()
    let lost = 0
    const device = testDevice(
      test.app,
      onDelivery(async (_request, pass) => {
        const answer = await pass()
        lost += 1
        if (lost <= 3) throw new TypeError('connection reset')
        return answer
      }),
    )
    await sealedOnDevice(device, test.slip('iit'))
    for (let tries = 0; tries < 3; tries += 1)
      expect(await flushOutbox(device)).toMatchObject({ kept: 0, trouble: 'not-reached' })
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
    expect([await storedOf(test), await rowsOf(test)]).toEqual([1, 1])
  })

  it.each([
    ['a redirect that was followed to a page', () => html('login')],
    ['JSON that is not ours', () => json(200, { ok: true })],
    [
      'results cut off',
      () => new Response('{"v":2,"results":[{"n":0,"s":"ke', { headers: { 'content-type': 'application/json' } }),
    ],
    ['too few results', () => json(200, { v: 2, results: [] })],
    ['a result of another item', () => json(200, { v: 2, results: [{ n: 1, s: 'kept' }] })],
    ['another protocol version', () => json(200, { v: 1, results: [{ n: 0, s: 'kept' }] })],
    [
      'kept, but not said as JSON',
      () => new Response('{"v":2,"results":[{"n":0,"s":"kept"}]}', { headers: { 'content-type': 'text/plain' } }),
    ],
    ['kept, but with status 202', () => json(202, { v: 2, results: [{ n: 0, s: 'kept' }] })],
    [
      'a 400 page of a proxy',
      () => new Response('<html>Bad Request</html>', { status: 400, headers: { 'content-type': 'text/html' } }),
    ],
    ['a 400 in JSON that is not ours', () => json(400, { message: 'nope' })],
    ['a 403 page of a firewall', () => new Response('blocked', { status: 403 })],
    ['nothing at all', () => new Response(null, { status: 204 })],
  ])('is not emptied by %s', async (_name, answer) => {
    const test = await testCampaign()
    const device = testDevice(
      test.app,
      onDelivery(async () => answer()),
    )
    const sealed = await sealedOnDevice(device, test.slip('iit'))
    const report = await flushOutbox(device)
    expect(report).toMatchObject({ kept: 0, refused: 0 })
    expect((await readHoldings(device)).outbox).toEqual([sealed])
  })

  it.each([
    [409, 'code-used', 'busy'],
    [429, 'too-many-requests', 'busy'],
    [503, 'storage-full', 'storage-full'],
    [503, 'server-error', 'busy'],
    [403, 'campaign-closed', 'campaign-closed'],
    [404, 'campaign-unknown', 'campaign-unknown'],
  ])('waits on %i %s, with the delay that was asked for', async (status, error, trouble) => {
    const test = await testCampaign()
    const device = testDevice(
      test.app,
      onDelivery(async () => json(status, { v: 2, error, message: '' }, { 'retry-after': '7' })),
    )
    const sealed = await sealedOnDevice(device, test.slip('iit'))
    expect(await flushOutbox(device)).toEqual({ kept: 0, refused: 0, trouble, retryAfterMs: 7000 })
    expect((await readHoldings(device)).outbox).toEqual([sealed])
  })

  it('finds the one poisoned response among twenty and delivers the others', async () => {
    const test = await testCampaign()
    const store = makeMemoryStore()
    const device = testDevice(test.app, undefined, { store })
    const sealed = []
    for (let count = 0; count < 20; count += 1) sealed.push(await sealedOnDevice(device, test.slip('iit')))
    const [first] = sealed
    if (!first) throw new Error('nothing sealed')
    // a record damaged on the device: the collector answers 400 to any batch that holds it
    await store.transact('strict', ['outbox'], (tx) => tx.put('outbox', { ...first, ct: first.ct.slice(1) }))
    expect(await flushOutbox(device)).toMatchObject({ kept: 19, refused: 1, trouble: null })
    const { outbox } = await readHoldings(device)
    expect(outbox).toMatchObject([{ id: first.id, state: 'refused', why: 'bad-request' }])
    expect(await storedOf(test)).toBe(19)
  })

  it('halves a batch that a proxy finds too large, and never gives a single response up', async () => {
    const test = await testCampaign()
    const limit = (most: number): Network =>
      onDelivery((request, pass) =>
        (request.body?.length ?? 0) > most ? Promise.resolve(new Response('', { status: 413 })) : pass(),
      )
    const small = testDevice(test.app, limit(10_000))
    for (let count = 0; count < 9; count += 1) await sealedOnDevice(small, test.slip('iit'))
    expect(await flushOutbox(small)).toMatchObject({ kept: 9, trouble: null })
    const tiny = testDevice(test.app, limit(100))
    await sealedOnDevice(tiny, test.slip('iit'))
    expect(await flushOutbox(tiny)).toMatchObject({ kept: 0, refused: 0, trouble: 'busy' })
    expect((await readHoldings(tiny)).outbox).toHaveLength(1)
  })

  it('delivers once when asked ten times at once, and when two tabs share the store', async () => {
    const test = await testCampaign()
    const requests: string[] = []
    const network: Network = (request, pass) => {
      if (request.path === '/v2/box') requests.push(request.body ?? '')
      return pass()
    }
    const tab = testDevice(test.app, network)
    await sealedOnDevice(tab, test.slip('iit'))
    await Promise.all(Array.from({ length: 10 }, () => flushOutbox(tab)))
    expect(requests).toHaveLength(1)
    const other = testDevice(test.app, network)
    const twin = testDevice(test.app, network, { store: other.store })
    await sealedOnDevice(other, test.slip('iit'))
    await Promise.all([flushOutbox(other), flushOutbox(twin)])
    expect((await readHoldings(other)).outbox).toEqual([])
    expect([await storedOf(test), await rowsOf(test)]).toEqual([2, 2])
  })

  it('sends bodies of one length, and hears answers of one length, whatever was answered', async () => {
    const test = await testCampaign()
    const lengths = { bodies: new Set<number>(), answers: new Set<number>() }
    const device = testDevice(test.app, async (request, pass) => {
      const answer = await pass()
      if (request.path === '/v2/box') {
        lengths.bodies.add(request.body?.length ?? 0)
        lengths.answers.add((await answer.clone().arrayBuffer()).byteLength)
      }
      return answer
    })
    for (const lane of ['iit', 'eit-public', 'eit-survey', 'iit'] as const) {
      const sealed = await sealedOnDevice(device, test.slip(lane))
      await flushOutbox(device)
      expect(boxBody(sealed.cid, [sealed]).length).toBe([...lengths.bodies][0])
    }
    expect([lengths.bodies.size, lengths.answers.size]).toEqual([1, 1])
  })

  it('sends what was sealed while a flush was under way', async () => {
    const test = await testCampaign()
    let sealMore: (() => Promise<unknown>) | null = null
    const device = testDevice(
      test.app,
      onDelivery(async (_request, pass) => {
        const more = sealMore
        sealMore = null
        await more?.()
        return pass()
      }),
    )
    await sealedOnDevice(device, test.slip('iit'))
    sealMore = async () => {
      await sealedOnDevice(device, test.slip('iit'))
      void flushOutbox(device)
    }
    expect(await flushOutbox(device)).toMatchObject({ kept: 2, trouble: null })
    expect((await readHoldings(device)).outbox).toEqual([])
  })

  it('keeps a response whose body was cut off on the way, and sends it again', async () => {
    const test = await testCampaign()
    let cut = true
    const device = testDevice(
      test.app,
      onDelivery(async (request, pass) => {
        if (!cut) return pass()
        const reply = await test.app.inject({
          method: 'POST',
          url: '/v2/box',
          payload: request.body?.slice(0, 500) ?? '',
          headers: { 'content-type': 'application/json' },
        })
        return new Response(reply.body, { status: reply.statusCode, headers: reply.headers as Record<string, string> })
      }),
    )
    await sealedOnDevice(device, test.slip('iit'))
    expect(await flushOutbox(device)).toMatchObject({ kept: 0, refused: 0, trouble: 'busy' })
    cut = false
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
  })
})
