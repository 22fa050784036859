import { randomBytes } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStores } from '#collector/data-folder'
import { buildCollector } from '#collector/http/collector'
import { readCounter, sealVisitor } from '#device/counter'
import type { Device } from '#device/device'
import { flushOutbox } from '#device/flush'
import { setPin, tryPin } from '#device/pin'
import type { TabletRecord } from '#device/store'
import { enrolTablet, readTablet } from '#device/tablet'
import { refillWallet, walletTickets } from '#device/wallet'
import { type EnrolmentLink, enrolmentHash } from '#protocol/counter'
import { makeRound } from '#tests/support/make-round.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { type Network, testDevice } from '#tests/support/test-device.ts'

async function servicePoint() {
  let now = Date.now()
  const stores = await openStores(tempFolder())
  const round = await makeRound(stores, { eligible: { 'eit-public': 400, 'eit-survey': 50 } })
  const app = await buildCollector({ ...stores, appFolder: null, now: () => now })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  const { cid, mh } = round.campaign
  return {
    ...round,
    stores,
    app,
    tomorrow() {
      now += 86_400_000
    },
    async invite(quota: number): Promise<EnrolmentLink & { tid: Buffer }> {
      const token = new Uint8Array(randomBytes(16))
      const place = { lane: 'eit-public', point: 'เคาน์เตอร์ 1', quota } as const
      const tid = await stores.issuer.tablets.invite(cid, place, await enrolmentHash(cid, token))
      return { cid, mh, token, tid }
    },
  }
}

async function enrolled(device: Device, link: EnrolmentLink): Promise<TabletRecord> {
  const outcome = await enrolTablet(device, link)
  if (outcome.outcome !== 'enrolled') throw new Error(JSON.stringify(outcome))
  return outcome.tablet
}

const chosen = () => ({ answers: randomAnswers('eit-2566'), coarse: { contact: 'service' } })

describe('an enrolment link', () => {
  it('sets up one tablet, once: another one with the same link is told so, the first one may ask again', async () => {
    const point = await servicePoint()
    const link = await point.invite(5)
    const first = testDevice(point.app)
    const tablet = await enrolled(first, link)
    expect(tablet.enrolment).toMatchObject({ lane: 'eit-public', point: 'เคาน์เตอร์ 1', quota: 5 })
    expect(await enrolTablet(testDevice(point.app), link)).toEqual({ outcome: 'refused', reason: 'enrolment-used' })
    expect((await enrolled(first, link)).publicKey).toBe(tablet.publicKey)
    const foreign = { ...link, token: new Uint8Array(16) }
    expect(await enrolTablet(testDevice(point.app), foreign)).toEqual({
      outcome: 'refused',
      reason: 'enrolment-unknown',
    })
    const altered = { ...link, mh: new Uint8Array(16) }
    expect(await enrolTablet(testDevice(point.app), altered)).toEqual({
      outcome: 'refused',
      reason: 'manifest-mismatch',
    })
  })

  it('survives an answer that was lost: the same tablet asks again with the same key', async () => {
    const point = await servicePoint()
    let lose = true
    const device = testDevice(point.app, async (request, pass) => {
      const reply = await pass()
      if (request.path === '/v1/enrol' && lose) throw new TypeError('network')
      return reply
    })
    const link = await point.invite(5)
    expect(await enrolTablet(device, link)).toEqual({ outcome: 'not-reached' })
    lose = false
    expect((await enrolled(device, link)).state).toBe('enrolled')
  })

  it('opened on a tablet that was set up before gives it a new place, forgets its PIN and keeps what it sealed', async () => {
    const point = await servicePoint()
    const device = testDevice(point.app)
    const tablet = await enrolled(device, await point.invite(5))
    await setPin(device, '1357')
    await refillWallet(device, tablet)
    await sealVisitor(device, tablet, chosen())
    expect(await enrolTablet(device, { ...(await point.invite(1)), token: new Uint8Array(16) })).toMatchObject({
      outcome: 'refused',
    })
    expect((await readTablet(device))?.pin).not.toBeNull()
    const again = await enrolled(device, await point.invite(7))
    expect(again.pin).toBeNull()
    expect(await readCounter(device, again)).toMatchObject({ all: { collected: 1, waiting: 1 } })
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
  })
})

describe('a wallet', () => {
  it('is filled to the quota, is used up by visitors, and is filled again the next day', async () => {
    const point = await servicePoint()
    const device = testDevice(point.app)
    const tablet = await enrolled(device, await point.invite(5))
    expect(await refillWallet(device, tablet)).toBe('full')
    expect(await walletTickets(device, tablet)).toHaveLength(5)
    for (let visitor = 0; visitor < 5; visitor += 1) expect(await sealVisitor(device, tablet, chosen())).not.toBeNull()
    expect(await sealVisitor(device, tablet, chosen())).toBeNull()
    expect(await refillWallet(device, tablet)).toBe('quota-used')
    expect(await walletTickets(device, tablet)).toHaveLength(0)
    point.tomorrow()
    expect(await refillWallet(device, tablet)).toBe('full')
    expect(await flushOutbox(device)).toMatchObject({ kept: 5 })
    expect(await point.stores.box.count(point.campaign.cid, 'eit-public')).toBe(5)
    expect(await readCounter(device, tablet)).toMatchObject({
      wallet: 5,
      all: { collected: 5, delivered: 5, waiting: 0 },
    })
  })

  it.each(['answer lost', 'answer cut off', 'a portal’s page', 'a signature altered'])(
    'torn in the middle (%s) is asked for again, and costs no quota',
    async (what) => {
      const point = await servicePoint()
      let torn = 2
      const network: Network = async (request, pass) => {
        const reply = await pass()
        if (request.path !== '/v1/wallet' || torn-- <= 0) return reply
        const json = { headers: { 'content-type': 'application/json' } }
        const body = (await reply.json()) as { v: 1; signatures: string[] }
        if (what === 'answer lost') throw new TypeError('network')
        if (what === 'answer cut off') return new Response(JSON.stringify(body).slice(0, 700), json)
        if (what === 'a portal’s page') return new Response('<html>', { headers: { 'content-type': 'text/html' } })
        const [first = '', ...rest] = body.signatures
        return new Response(
          JSON.stringify({ ...body, signatures: [first.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')), ...rest] }),
          json,
        )
      }
      const device = testDevice(point.app, network)
      const link = await point.invite(5)
      const tablet = await enrolled(device, link)
      expect(await refillWallet(device, tablet)).toBe('not-reached')
      expect(await refillWallet(device, tablet)).toBe('not-reached')
      expect(await refillWallet(device, tablet)).toBe('full')
      expect(await walletTickets(device, tablet)).toHaveLength(5)
      expect((await point.stores.issuer.tablets.find(link.tid))?.issued).toBe(5)
    },
  )

  it('of a revoked tablet is filled no more; what it sealed it still delivers', async () => {
    const point = await servicePoint()
    const device = testDevice(point.app)
    const link = await point.invite(5)
    const tablet = await enrolled(device, link)
    await refillWallet(device, tablet)
    await sealVisitor(device, tablet, chosen())
    await point.stores.issuer.tablets.revoke(link.tid)
    point.tomorrow()
    expect(await refillWallet(device, tablet)).toBe('revoked')
    expect((await readTablet(device))?.state).toBe('revoked')
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
  })

  it('is given to the tablet’s own key only, and a cloned tablet shares its quota', async () => {
    const point = await servicePoint()
    const device = testDevice(point.app)
    const tablet = await enrolled(device, await point.invite(6))
    const stranger = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const thief = testDevice(point.app, undefined, { store: device.store })
    expect(await refillWallet(thief, { ...tablet, signingKey: stranger.privateKey })).toBe('revoked')
    await device.store.transact('strict', ['tablet'], (tx) => tx.put('tablet', tablet))
    expect(await refillWallet(device, tablet)).toBe('full')
    const clone = testDevice(point.app)
    const record = await device.store.transact('relaxed', ['campaigns'], (tx) => tx.all('campaigns'))
    await clone.store.transact('strict', ['tablet', 'campaigns'], async (tx) => {
      await tx.put('tablet', tablet)
      for (const campaign of record) await tx.put('campaigns', campaign)
    })
    expect(await refillWallet(clone, tablet)).toBe('quota-used')
    expect(await walletTickets(clone, tablet)).toHaveLength(0)
  })
})

describe('a PIN', () => {
  it('makes guesses wait longer and longer, and forgives once it was right', async () => {
    const point = await servicePoint()
    let now = 1_000_000
    const device = testDevice(point.app, undefined, { clock: { now: () => now, schedule: () => () => undefined } })
    await enrolled(device, await point.invite(1))
    await setPin(device, '2468')
    const waits: number[] = []
    for (let guess = 0; guess < 7; guess += 1) {
      const answer = await tryPin(device, '1111')
      if (answer.right) throw new Error('guessed')
      waits.push(answer.waitMs)
      now += answer.waitMs
    }
    expect(waits).toEqual([0, 0, 2000, 4000, 8000, 16_000, 32_000])
    await tryPin(device, '1111')
    expect(await tryPin(device, '2468')).toMatchObject({ right: false })
    // a clock set back a year does not lock the officer out for a year
    now -= 365 * 86_400_000
    expect(await tryPin(device, '2468')).toEqual({ right: false, waitMs: 300_000 })
    now += 300_000
    expect(await tryPin(device, '2468')).toEqual({ right: true })
    expect(await tryPin(device, '1111')).toEqual({ right: false, waitMs: 0 })
  })
})
