import { describe, expect, it } from 'vitest'
import { flushOutbox } from '#device/delivery/flush'
import { stockCodes, takeCode } from '#device/tablet/visitor-codes'
import { refillWallet, walletTickets } from '#device/tablet/wallet'
import { redeemSlip } from '#device/ticket'
import { enrolled, servicePoint } from '#tests/support/counter-point.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { testDevice } from '#tests/support/test-device.ts'

describe('codes for visitors’ own phones', () => {
  it('are good once each, whoever scans them first, also after the tablet shows another', async () => {
    const point = await servicePoint()
    const device = testDevice(point.app)
    const tablet = await enrolled(device, await point.invite(20))
    expect(await stockCodes(device, tablet)).toBe(true)
    const [one, two] = [await takeCode(device, tablet), await takeCode(device, tablet)]
    if (!one || !two) throw new Error('no codes')
    expect(one).not.toBe(two)
    const { cid, mh } = point.campaign
    const slip = { cid, mh, code: one, lane: 'eit-public' } as const
    const visitor = testDevice(point.app)
    await sealedOnDevice(visitor, slip)
    expect(await redeemSlip(testDevice(point.app), slip)).toEqual({ outcome: 'refused', reason: 'code-used' })
    expect(await flushOutbox(visitor)).toMatchObject({ kept: 1 })
    // and the tablet's own wallet is not smaller for it
    expect(await refillWallet(device, tablet)).toBe('full')
    expect(await walletTickets(device, tablet)).toHaveLength(20)
  })

  it('of a quota that is nearly used up are registered as far as they fit, also when an answer is lost in between', async () => {
    const point = await servicePoint()
    let asked = 0
    const device = testDevice(point.app, async (request, pass) => {
      const reply = await pass()
      if (request.path !== '/v2/codes') return reply
      asked += 1
      // eight are too many for what is left of eleven after one stock; the answer for the two that fit is lost
      if (asked === 4) throw new TypeError('network')
      return reply
    })
    const tablet = await enrolled(device, await point.invite(11))
    expect(await stockCodes(device, tablet)).toBe(true)
    const shown = new Set<string | null>()
    for (let visitor = 0; visitor < 8; visitor += 1) shown.add(await takeCode(device, tablet))
    expect(await stockCodes(device, tablet)).toBe(false)
    for (let minute = 0; minute < 4; minute += 1) await stockCodes(device, tablet)
    for (let visitor = 0; visitor < 8; visitor += 1) shown.add(await takeCode(device, tablet))
    shown.delete(null)
    expect(shown.size).toBe(11)
  })

  it('survive an answer that was lost, run out with the quota, and come back the next day', async () => {
    const point = await servicePoint()
    let lose = true
    const device = testDevice(point.app, async (request, pass) => {
      const reply = await pass()
      if (request.path === '/v2/codes' && lose) throw new TypeError('network')
      return reply
    })
    const tablet = await enrolled(device, await point.invite(10))
    expect(await stockCodes(device, tablet)).toBe(false)
    expect(await takeCode(device, tablet)).toBeNull()
    lose = false
    expect(await stockCodes(device, tablet)).toBe(true)
    for (let shown = 0; shown < 8; shown += 1) expect(await takeCode(device, tablet)).not.toBeNull()
    expect(await takeCode(device, tablet)).toBeNull()
    expect(await stockCodes(device, tablet)).toBe(false)
    point.tomorrow()
    expect(await stockCodes(device, tablet)).toBe(true)
  })
})
