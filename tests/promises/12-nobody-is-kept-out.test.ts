import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { beginCampaign } from '#collector/rounds/campaign-life'
import { discardDraft } from '#collector/rounds/discard-draft'
import { refillWallet, walletTickets } from '#device/tablet/wallet'
import { makeCode } from '#protocol/code'
import { boxBody } from '#protocol/messages'
import { enrolled, servicePoint } from '#tests/support/counter-point.ts'
import { directItem } from '#tests/support/direct-response.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'
import { Browser, createRound, planBody, testOffice } from '#tests/support/test-office.ts'

/** One telephone company's address, or one office's. */
const SHARED = '203.0.113.7'

const message = () => randomBytes(384).fill(0, 0, 1).toString('base64url')

function issue({ app, campaign }: Pick<TestCampaign, 'app' | 'campaign'>, code: string) {
  const payload = { cid: campaign.manifest.cid, code, blinded: { outer: message(), inner: message() } }
  return app.inject({ method: 'POST', url: '/v2/issue', payload, remoteAddress: SHARED })
}

function deliver(app: FastifyInstance, body: string) {
  const headers = { 'content-type': 'application/json' }
  return app.inject({ method: 'POST', url: '/v2/box', headers, payload: body, remoteAddress: SHARED })
}

describe('behind one address', () => {
  it('a hundred wrong codes keep no good slip, no tablet and no link out', async () => {
    const point = await servicePoint()
    const guesses = Array.from({ length: 150 }, () => issue(point, makeCode('eit-public', randomBytes(23))))
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    // a tablet behind the same address enrols, and fills its wallet
    const link = await point.invite(5)
    const device = testDevice(point.app)
    const tablet = await enrolled(device, link)
    expect(await refillWallet(device, tablet)).toBe('full')
    expect(await walletTickets(device, tablet)).toHaveLength(5)
    // and a visitor's slip is exchanged
    const { statusCode } = await issue(point, point.slip('eit-public', 0).code)
    expect(statusCode).toBe(200)
  })

  it('thousands of deliveries without a ticket keep no response out that has one', async () => {
    const test = await testCampaign()
    const keys = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
    if (!keys) throw new Error('no keys')
    const right = await directItem(test.campaign, 'iit', keys, { I1: 1 })
    const junk = boxBody(test.campaign.manifest.cid, [{ ...right, sig: randomBytes(384).toString('base64url') }])
    const seen = new Map<number, number>()
    for (let sent = 0; sent < 2000; sent += 50) {
      const replies = await Promise.all(Array.from({ length: 50 }, () => deliver(test.app, junk)))
      for (const { statusCode } of replies) seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1)
    }
    expect(seen.get(429) ?? 0).toBeGreaterThan(0)
    const kept = await deliver(test.app, boxBody(test.campaign.manifest.cid, [right]))
    expect([kept.statusCode, kept.json().results]).toEqual([200, [{ n: 0, s: 'kept' }]])
  })

  it('one slip asked for over and over is told to wait, and no other slip is', async () => {
    const test = await testCampaign()
    const { code } = test.slip('iit')
    const payload = { cid: test.campaign.manifest.cid, code, blinded: { outer: message(), inner: message() } }
    const ask = () => test.app.inject({ method: 'POST', url: '/v2/issue', payload, remoteAddress: SHARED })
    const statuses: number[] = []
    for (let asked = 0; asked < 35; asked += 1) statuses.push((await ask()).statusCode)
    expect([statuses[0], statuses[29], statuses[34]]).toEqual([200, 200, 429])
    expect((await issue(test, test.slip('iit').code)).statusCode).toBe(200)
  })
})

describe('four hundred sign-ins at once', () => {
  it('stop no delivery: passwords are looked at one at a time, and who comes to a full queue is told at once', async () => {
    const office = await testOffice()
    await office.joined('admin', 'ผู้ดูแล')
    const round = await makeRound(office.stores, { eligible: { iit: 20 } })
    const keys = await office.stores.issuer.keys.of(round.campaign.cid, 'iit')
    if (!keys) throw new Error('no keys')
    const item = await directItem(round.campaign, 'iit', keys, { I1: 1 })
    const answered = { signIns: 0 }
    const flood = Array.from({ length: 400 }, async (_, at) => {
      const stranger = new Browser(office.app, `198.51.100.${at % 40}`)
      const reply = await stranger.post('/sign-in/password', {
        name: `name ${at}`,
        password: 'x'.repeat(20),
        code: '000000',
      })
      answered.signIns += 1
      return reply.statusCode
    })
    // the first of them are on their way
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { statusCode } = await deliver(office.app, boxBody(round.campaign.manifest.cid, [item]))
    const before = answered.signIns
    expect(statusCode).toBe(200)
    const statuses = await Promise.all(flood)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(300)
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(0)
    // the delivery did not wait for the passwords that were being looked at
    expect(before).toBeLessThan(400)
  })

  it('lock no name for its owner: where they have been before they enter at once, and elsewhere after a while', async () => {
    const office = await testOffice()
    await office.joined('admin', 'ผู้ดูแล')
    const home = new Browser(office.app, '198.51.100.200')
    expect((await office.signIn(home, 'ผู้ดูแล')).statusCode).toBe(200)
    office.wait(30_000)
    for (let tries = 0; tries < 125; tries += 1) {
      const stranger = new Browser(office.app, `203.0.113.${tries % 25}`)
      await office.signIn(stranger, 'ผู้ดูแล', { password: 'not the password' })
    }
    expect((await office.signIn(home, 'ผู้ดูแล')).statusCode).toBe(200)
    const elsewhere = new Browser(office.app, '198.51.100.201')
    expect((await office.signIn(elsewhere, 'ผู้ดูแล')).statusCode).toBe(429)
    // not for ever: what is tried is forgotten by halves
    office.wait(60 * 60_000)
    expect((await office.signIn(elsewhere, 'ผู้ดูแล')).statusCode).toBe(200)
  }, 120_000)
})

describe('a draft', () => {
  it('begun and thrown away in the same moment is open in both halves or gone from both', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    for (let round = 0; round < 6; round += 1) {
      const { cid } = (await createRound(admin, await planBody())).json().round
      const id = Buffer.from(cid, 'base64url')
      const draft = await office.stores.box.campaigns.findNow(id)
      if (!draft) throw new Error('no draft')
      for (const set of ['1+2', '1+3', '2+3'])
        for (const half of [office.stores.issuer, office.stores.box]) await half.campaigns.addRehearsal(id, set)
      await Promise.allSettled([
        beginCampaign(office.stores, draft, 'one'),
        discardDraft(office.stores, draft, 'another'),
      ])
      const states = await Promise.all(
        [office.stores.issuer, office.stores.box].map(async (half) => (await half.campaigns.findNow(id))?.state),
      )
      expect([states[0] === undefined, states[0]]).toEqual([states[1] === undefined, states[1]])
    }
  })
})

it('a signed-in colleague proves who they are, and a passkey is asked for, whatever one phone did behind the same address', async () => {
  const office = await testOffice()
  const joined = await office.joined('admin', 'ผู้ดูแล')
  const colleague = new Browser(office.app, SHARED)
  colleague.cookie = joined.cookie
  office.wait(6 * 60_000)
  const stranger = new Browser(office.app, SHARED)
  for (let tries = 0; tries < 70; tries += 1) {
    await stranger.post('/sign-in/options')
    await stranger.post('/sign-in/passkey', { challenge: 'A'.repeat(43), response: { id: 'x' } })
  }
  expect((await colleague.post('/prove/options')).statusCode).toBe(200)
  const proof = { name: 'ผู้ดูแล', password: office.password, code: office.code('ผู้ดูแล') }
  expect((await colleague.post('/prove/password', proof)).statusCode).toBe(200)
  expect((await new Browser(office.app, SHARED).post('/sign-in/options')).statusCode).toBe(200)
  // and guessing passkeys from there has its end
  const { statusCode } = await stranger.post('/sign-in/passkey', { challenge: 'A'.repeat(43), response: { id: 'x' } })
  expect(statusCode).toBe(429)
})
