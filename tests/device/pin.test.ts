import { describe, expect, it } from 'vitest'
import { setPin, tryPin } from '#device/tablet/pin'
import { enrolled, servicePoint } from '#tests/support/counter-point.ts'
import { testDevice } from '#tests/support/test-device.ts'

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
