import { describe, expect, it } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import { noteVisitor, readCounter } from '#device/tablet/counter'
import { readTablet } from '#device/tablet/tablet'
import { learnState, tellTotals } from '#device/tablet/totals'
import { refillWallet, walletTickets } from '#device/tablet/wallet'
import { enrolled, sealNext, servicePoint } from '#tests/support/counter-point.ts'
import { testDevice } from '#tests/support/test-device.ts'

describe('what a tablet tells of itself', () => {
  it('is its totals by fives, signed, in the place of what it told before; nobody else can tell it', async () => {
    const point = await servicePoint()
    const device = testDevice(point.app)
    const link = await point.invite(20)
    const tablet = await enrolled(device, link)
    await refillWallet(device, tablet)
    for (let visitor = 0; visitor < 13; visitor += 1) await sealNext(device, tablet)
    const told = async () => {
      const row = await point.stores.issuer.tablets.find(link.tid)
      return row && [row.collected, row.delivered, row.heard]
    }
    expect(await told()).toEqual([0, 0, ''])
    expect(await tellTotals(device, tablet)).toBe(true)
    expect(await told()).toEqual([10, 0, expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:00$/)])
    expect(await flushOutbox(device)).toMatchObject({ kept: 13 })
    await point.stores.issuer.tablets.revoke(link.tid)
    expect(await tellTotals(device, tablet)).toBe(true)
    expect((await told())?.slice(0, 2)).toEqual([10, 10])
    const other = testDevice(point.app)
    const stranger = await enrolled(other, await point.invite(5))
    expect(await tellTotals(other, { ...tablet, signingKey: stranger.signingKey })).toBe(false)
    expect((await told())?.slice(0, 2)).toEqual([10, 10])
  })
})

it('counts who need not answer over all days, and tells them by fives', async () => {
  const point = await servicePoint()
  let daysLater = 0
  const { clock } = testDevice(point.app)
  const now = () => Date.now() + daysLater * 86_400_000
  const device = testDevice(point.app, undefined, { clock: { ...clock, now } })
  const link = await point.invite(20)
  const tablet = await enrolled(device, link)
  for (let visitor = 0; visitor < 4; visitor += 1) await noteVisitor(device, 'turnedAway')
  daysLater = 1
  for (let visitor = 0; visitor < 3; visitor += 1) await noteVisitor(device, 'turnedAway')
  expect(await readCounter(device, tablet)).toMatchObject({ turnedAway: 3, all: { turnedAway: 7 } })
  expect(await tellTotals(device, tablet)).toBe(true)
  expect((await point.stores.issuer.tablets.find(link.tid))?.turnedAway).toBe(5)
})

it('a tablet that was revoked learns it at its next contact, with a wallet full of tickets', async () => {
  const point = await servicePoint()
  const device = testDevice(point.app)
  const link = await point.invite(20)
  const tablet = await enrolled(device, link)
  await refillWallet(device, tablet)
  await learnState(device, tablet)
  expect((await readTablet(device))?.state).toBe('enrolled')
  await point.stores.issuer.tablets.revoke(link.tid)
  const other = testDevice(point.app)
  const stranger = await enrolled(other, await point.invite(5))
  await learnState(device, { ...tablet, signingKey: stranger.signingKey })
  expect((await readTablet(device))?.state).toBe('enrolled')
  await learnState(device, tablet)
  expect((await readTablet(device))?.state).toBe('revoked')
  expect(await walletTickets(device, tablet)).toHaveLength(20)
})
