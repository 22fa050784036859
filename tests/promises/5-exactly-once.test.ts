import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import { redeemSlip } from '#device/ticket'
import { toBase64Url } from '#protocol/bytes'
import { deliverItems, directItem, signTicket } from '#tests/support/direct-response.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { type Network, testDevice } from '#tests/support/test-device.ts'

async function stored(test: TestCampaign): Promise<{ rows: number; tickets: number }> {
  const { cid } = test.campaign
  return {
    rows: await test.stores.box.count(cid, 'iit'),
    tickets: (await spentOf(test.stores.box, cid, 'iit')).length,
  }
}

it('two valid signatures of one ticket count once, whichever comes first, together or apart', async () => {
  const test = await testCampaign()
  const key = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
  if (!key) throw new Error('no key')
  const first = await directItem(test.campaign, 'iit', key, { I1: 1 })
  const input = Buffer.from(first.input, 'base64url')
  const second = {
    ...first,
    sig: toBase64Url(signTicket(key.outer.privateKey, input)),
    ct: toBase64Url(randomBytes(1552)),
  }
  expect(second.sig).not.toBe(first.sig)
  const together = await deliverItems(test.app, test.campaign, [first, second])
  const apart = await deliverItems(test.app, test.campaign, [second])
  expect(together.json().results.map(({ s }: { s: string }) => s)).toEqual(['kept', 'kept'])
  expect(apart.json().results).toEqual([{ n: 0, s: 'kept' }])
  expect(await stored(test)).toEqual({ rows: 1, tickets: 1 })
})

it('a signature written with other bytes of the same number is refused, and the ticket stays good', async () => {
  const test = await testCampaign()
  const key = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
  if (!key) throw new Error('no key')
  const first = await directItem(test.campaign, 'iit', key, { I1: 1 })
  const number = (text: string) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`)
  const modulus = number(test.campaign.manifest.lanes.iit?.issuerKey ?? '')
  // signatures are drawn at random: one of them is small enough that adding the modulus still fits into its bytes
  const input = Buffer.from(first.input, 'base64url')
  let item = first
  while (number(item.sig) + modulus >= 2n ** 3072n)
    item = { ...first, sig: toBase64Url(signTicket(key.outer.privateKey, input)) }
  const value = number(item.sig) + modulus
  const other = { ...item, sig: toBase64Url(Buffer.from(value.toString(16).padStart(768, '0'), 'hex')) }
  expect((await deliverItems(test.app, test.campaign, [other])).json().results[0].s).toBe('refused')
  expect(await stored(test)).toEqual({ rows: 0, tickets: 0 })
  expect((await deliverItems(test.app, test.campaign, [item])).json().results[0].s).toBe('kept')
  expect(await stored(test)).toEqual({ rows: 1, tickets: 1 })
})

it('as many rows as tickets, whatever is dropped, doubled, reordered or cut off on the way', async () => {
  const test = await testCampaign()
  const faults = ['request-lost', 'answer-lost', 'doubled', 'truncated', 'late', 'none'] as const
  let turn = 0
  const late: Promise<unknown>[] = []
  const network: Network = async (request, pass) => {
    if (request.path !== '/v2/box') return pass()
    const fault = faults[turn++ % faults.length]
    if (fault === 'request-lost') throw new TypeError('network')
    if (fault === 'late') {
      // delivered after the phone has given up and sent it again
      late.push(new Promise((resolve) => setTimeout(resolve, 30)).then(pass))
      throw new TypeError('network')
    }
    const reply = await pass()
    if (fault === 'answer-lost') throw new TypeError('network')
    if (fault === 'doubled') return pass()
    return fault === 'truncated'
      ? new Response('{"v":1,"resul', { headers: { 'content-type': 'application/json' } })
      : reply
  }
  const device = testDevice(test.app, network)
  for (let count = 0; count < 6; count += 1) await sealedOnDevice(device, test.slip('iit'))
  for (let round = 0; round < 12; round += 1) {
    // a restart in between: the same store, a new device
    await flushOutbox(testDevice(test.app, network, { store: device.store }))
  }
  await Promise.all(late)
  expect(await stored(test)).toEqual({ rows: 6, tickets: 6 })
})

it('one slip gives one ticket, however often and from wherever it is asked for', async () => {
  const test = await testCampaign()
  const slip = test.slip('iit')
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => redeemSlip(testDevice(test.app), slip).then(({ outcome }) => outcome)),
  )
  expect(outcomes.filter((outcome) => outcome === 'ready')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(4)
})
