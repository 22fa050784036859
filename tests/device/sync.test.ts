import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryDelayMs, Sync, type SyncStatus } from '#device/delivery/sync'
import { readHoldings } from '#device/holdings'
import { makeMemoryStore } from '#device/memory-store'
import { quarantineUnreadable } from '#device/quarantine'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

describe('the delay before the next try', () => {
  it('doubles up to 20 seconds while unreachable, to five minutes when the collector is busy, and honours Retry-After', () => {
    const full = (tries: number, trouble: 'not-reached' | 'busy', after = 0) => retryDelayMs(tries, trouble, after, 1)
    expect([0, 1, 2, 5, 6, 50].map((tries) => full(tries, 'not-reached'))).toEqual([
      1000, 2000, 4000, 20_000, 20_000, 20_000,
    ])
    expect([6, 8, 9, 50].map((tries) => full(tries, 'busy'))).toEqual([64_000, 256_000, 300_000, 300_000])
    expect(full(0, 'busy', 90_000)).toBe(90_000)
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (tries, fraction) => {
        expect(retryDelayMs(tries, 'not-reached', 0, fraction)).toBeLessThanOrEqual(20_000)
      }),
    )
  })
})

describe('the sync engine', () => {
  it('goes on by itself until everything is delivered, 20 seconds after recovery at the latest', async () => {
    const test = await testCampaign()
    let reachable = true
    let now = 0
    const timers: { at: number; run: () => void }[] = []
    const clock = {
      now: () => now,
      schedule(delayMs: number, run: () => void) {
        const timer = { at: now + delayMs, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0)
      },
    }
    const device = testDevice(
      test.app,
      (_request, pass) => (reachable ? pass() : Promise.reject(new TypeError('down'))),
      { clock },
    )
    await sealedOnDevice(device, test.slip('iit'))
    reachable = false
    const reports: SyncStatus[] = []
    const sync = new Sync(device, (status) => reports.push(status))
    await sync.sendNow()
    const runNext = async () => {
      timers.sort((a, b) => a.at - b.at)
      const next = timers.shift()
      if (!next) throw new Error('nothing is scheduled: the engine gave up')
      now = Math.max(now, next.at)
      const before = reports.length
      next.run()
      while (reports.length < before + 2) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    for (let tries = 0; tries < 12; tries += 1) await runNext()
    expect(reports.at(-1)).toEqual({ state: 'waiting', trouble: 'not-reached', refused: [] })
    reachable = true
    const recovered = now
    await runNext()
    expect(now - recovered).toBeLessThanOrEqual(20_000)
    expect(reports.at(-1)).toEqual({ state: 'idle', refused: [] })
    expect((await readHoldings(device)).outbox).toEqual([])
    expect(timers).toEqual([])
  })

  it('is silent after it was stopped', async () => {
    const test = await testCampaign()
    const reports: SyncStatus[] = []
    const sync = new Sync(testDevice(test.app), (status) => reports.push(status))
    sync.stop()
    await sync.sendNow()
    expect(reports).toEqual([])
  })
})

it('moves records of another version to quarantine, as they are, and goes on with the others', async () => {
  const test = await testCampaign()
  const store = makeMemoryStore()
  const device = testDevice(test.app, undefined, { store })
  const sealed = await sealedOnDevice(device, test.slip('iit'))
  const future = { ...sealed, id: 'future', v: 3, shape: 'unknown' }
  await store.transact('strict', ['outbox'], (tx) => tx.put('outbox', future))
  expect(await quarantineUnreadable(device)).toBe(1)
  expect((await readHoldings(device)).outbox).toEqual([sealed])
  const kept = await store.transact('relaxed', ['quarantine'], (tx) => tx.all('quarantine'))
  expect(kept).toMatchObject([{ table: 'outbox', record: future }])
})
