import { describe, expect, it } from 'vitest'
import { readHoldings } from '#device/holdings'
import { keepSlip, redeemSlip } from '#device/ticket'
import { findTypedSlip } from '#device/typed-slip'
import { toBase64Url } from '#protocol/bytes'
import { checkNumber } from '#protocol/check-number'
import { canonicalJson } from '#protocol/json'
import { makeBoxKeys } from '#protocol/sealed-box'
import { deliverItems, directItem } from '#tests/support/direct-response.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { json, testDevice } from '#tests/support/test-device.ts'

/** A modulus of the same form that nobody else has. */
function another(modulus = ''): string {
  const bytes = Buffer.from(modulus, 'base64url')
  bytes[100] = (bytes[100] ?? 0) ^ 1
  return bytes.toString('base64url')
}

describe('a key made for one person', () => {
  it.each(['boxKey', 'issuerKey', 'innerKey', 'a later window', 'spaces'])(
    'is noticed: a manifest with other %s',
    async (what) => {
      const test = await testCampaign()
      const slip = test.slip('iit')
      const { manifest, text } = test.campaign
      const lane = manifest.lanes.iit
      const other = {
        boxKey: async () => ({ ...manifest, boxKey: toBase64Url((await makeBoxKeys()).publicKey) }),
        issuerKey: async () => ({
          ...manifest,
          lanes: { ...manifest.lanes, iit: { ...lane, issuerKey: another(lane?.issuerKey) } },
        }),
        innerKey: async () => ({
          ...manifest,
          lanes: { ...manifest.lanes, iit: { ...lane, innerKey: another(lane?.innerKey) } },
        }),
        'a later window': async () => ({
          ...manifest,
          answerWindow: { ...manifest.answerWindow, to: '2099-01-01' },
          closesOn: '2099-01-01',
        }),
        spaces: async () => manifest,
      }[what]
      const altered = what === 'spaces' ? JSON.stringify(JSON.parse(text), null, 1) : canonicalJson(await other?.())
      let asked = 0
      const device = testDevice(test.app, async (request, pass) => {
        if (request.path === '/v2/issue') asked += 1
        if (!request.path.startsWith('/v2/campaigns/')) return pass()
        return new Response(altered, { headers: { 'content-type': 'application/json' } })
      })
      const outcome = await redeemSlip(device, slip)
      expect(outcome.outcome === 'ready').toBe(false)
      if (what !== 'spaces') expect(outcome).toEqual({ outcome: 'refused', reason: 'manifest-mismatch' })
      // and the code has not left the phone
      expect(asked).toBe(0)
    },
  )

  it.each(['its own', 'the real one'])(
    'is noticed when the code was typed, whatever number the collector says it has: %s',
    async (said) => {
      const test = await testCampaign()
      const mh = new Uint8Array(16).fill(9)
      const number = await checkNumber(said === 'its own' ? mh : test.campaign.mh)
      const device = testDevice(test.app, async (request, pass) =>
        request.path === '/v2/campaigns'
          ? json(200, {
              v: 2,
              campaigns: [{ cid: test.campaign.manifest.cid, mh: toBase64Url(mh), checkNumber: number }],
            })
          : pass(),
      )
      const found = await findTypedSlip(device, test.slip('iit').code, await checkNumber(test.campaign.mh))
      expect(found).toEqual({ outcome: 'no-such-number' })
      expect((await readHoldings(device)).tickets).toEqual([])
    },
  )
})

it('a slip of a round whose fingerprint this phone knows otherwise is not even stored', async () => {
  const test = await testCampaign()
  const device = testDevice(test.app)
  const slip = test.slip('iit')
  await redeemSlip(device, slip)
  const other = { ...test.slip('iit'), mh: new Uint8Array(16).fill(9) }
  expect(await keepSlip(device, other)).toBeNull()
  expect((await readHoldings(device)).tickets).toHaveLength(1)
  expect(await keepSlip(device, test.slip('iit'))).toMatchObject({ state: 'scanned' })
})

describe('a ticket', () => {
  it('of another campaign is refused', async () => {
    const test = await testCampaign()
    const other = await makeRound(test.stores, { eligible: { iit: 10 } })
    const key = await test.stores.issuer.keys.of(other.campaign.cid, 'iit')
    if (!key) throw new Error('no key')
    const foreign = await directItem(other.campaign, 'iit', key, { I1: 1 })
    const reply = await deliverItems(test.app, test.campaign, [foreign])
    expect(reply.json().results).toEqual([{ n: 0, s: 'refused', why: 'ticket-invalid' }])
    expect(await test.stores.box.count(test.campaign.cid, 'iit')).toBe(0)
  })

  it('of another lane is refused, also when it claims this one', async () => {
    const test = await testCampaign()
    const key = await test.stores.issuer.keys.of(test.campaign.cid, 'eit-public')
    if (!key) throw new Error('no key')
    // signed by the visitors' key, naming the staff's lane
    const claiming = await directItem(test.campaign, 'iit', key, { I1: 1 })
    const reply = await deliverItems(test.app, test.campaign, [claiming])
    expect(reply.json().results).toEqual([{ n: 0, s: 'refused', why: 'ticket-invalid' }])
    for (const lane of ['iit', 'eit-public'] as const)
      expect(await test.stores.box.count(test.campaign.cid, lane)).toBe(0)
  })
})
