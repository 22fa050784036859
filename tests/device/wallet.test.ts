import { describe, expect, it } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import { readCounter, sealVisitor, storeVisitor } from '#device/tablet/counter'
import { setPin } from '#device/tablet/pin'
import { enrolTablet, readTablet } from '#device/tablet/tablet'
import { refillWallet, walletTickets } from '#device/tablet/wallet'
import { enrolled, sealNext, servicePoint } from '#tests/support/counter-point.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { type Network, testDevice } from '#tests/support/test-device.ts'

/** What becomes of a refill's answer on its way. */
function tornReply(what: string, text: string): Response {
  const json = { headers: { 'content-type': 'application/json' } }
  if (what === 'answer lost') throw new TypeError('network')
  if (what === 'answer cut off') return new Response(text.slice(0, 700), json)
  if (what === 'a portal’s page') return new Response('<html>', { headers: { 'content-type': 'text/html' } })
  const which = what === 'an inner signature altered' ? 'inner' : 'outer'
  const body = JSON.parse(text) as { v: 2; signed: { outer: string; inner: string }[] }
  const [first, ...rest] = body.signed
  if (!first) throw new Error('nothing signed')
  const altered = { ...first, [which]: first[which].replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }
  return new Response(JSON.stringify({ ...body, signed: [altered, ...rest] }), json)
}

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
      if (request.path === '/v2/enrol' && lose) throw new TypeError('network')
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
    await sealNext(device, tablet)
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
    for (let visitor = 0; visitor < 5; visitor += 1) expect(await sealNext(device, tablet)).toBe('sealed')
    expect(await sealNext(device, tablet)).toBeNull()
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

  it.each(['answer lost', 'answer cut off', 'a portal’s page', 'a signature altered', 'an inner signature altered'])(
    'torn in the middle (%s) is asked for again, and costs no quota',
    async (what) => {
      const point = await servicePoint()
      let torn = 2
      const network: Network = async (request, pass) => {
        const reply = await pass()
        return request.path !== '/v2/wallet' || torn-- <= 0 ? reply : tornReply(what, await reply.text())
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
    await sealNext(device, tablet)
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

it('a visitor whose seal is tried again counts once, even when the first try was kept and delivered meanwhile', async () => {
  const point = await servicePoint()
  const device = testDevice(point.app)
  const tablet = await enrolled(device, await point.invite(5))
  await refillWallet(device, tablet)
  const [ticket] = await walletTickets(device, tablet)
  if (!ticket) throw new Error('no ticket')
  const sealed = await sealVisitor(device, tablet, ticket, { answers: randomAnswers('eit-2566'), coarse: {} })
  expect(await storeVisitor(device, sealed)).toBe('sealed')
  expect(await storeVisitor(device, sealed)).toBe('sealed')
  expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
  expect(await storeVisitor(device, sealed)).toBe('gone')
  expect(await point.stores.box.count(point.campaign.cid, 'eit-public')).toBe(1)
})

it('two tabs with one ticket: the second visitor is not told that the first one’s seal is theirs', async () => {
  const point = await servicePoint()
  const device = testDevice(point.app)
  const tablet = await enrolled(device, await point.invite(5))
  await refillWallet(device, tablet)
  const [ticket] = await walletTickets(device, tablet)
  if (!ticket) throw new Error('no ticket')
  const seal = () => sealVisitor(device, tablet, ticket, { answers: randomAnswers('eit-2566'), coarse: {} })
  const [first, second] = [await seal(), await seal()]
  expect(await storeVisitor(device, first)).toBe('sealed')
  expect(await storeVisitor(device, second)).toBe('gone')
})

describe('a wallet after a new enrolment', () => {
  it('is not stuck on a refill that was torn under the old one', async () => {
    const point = await servicePoint()
    let torn = true
    const device = testDevice(point.app, async (request, pass) => {
      const reply = await pass()
      if (request.path === '/v2/wallet' && torn) throw new TypeError('network')
      return reply
    })
    expect(await refillWallet(device, await enrolled(device, await point.invite(5)))).toBe('not-reached')
    torn = false
    const again = await enrolled(device, await point.invite(6))
    expect(await refillWallet(device, again)).toBe('full')
    expect(await walletTickets(device, again)).toHaveLength(6)
  })
})
