import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { flushOutbox } from '#device/delivery/flush'
import { readHoldings } from '#device/holdings'
import { receiptOf } from '#protocol/receipt'
import { newPlace, postgres } from '#tests/support/both-engines.ts'
import { ita } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { runPostgres } from '#tests/support/run-postgres.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { testDevice } from '#tests/support/test-device.ts'

describe('a database that does not fit', () => {
  it('is refused in words: a superuser, another encoding, a newer version, one that is not there', async () => {
    const pg = await postgres()
    const refused = (box: string) => ita(['campaign', 'list', '--data', join(tempFolder(), 'data'), '--box-db', box])
    const boss = pg.database('boss', { superuser: true })
    expect(await refused(boss)).toMatchObject({ code: 1, stderr: expect.stringContaining('is a superuser') })
    const latin = pg.database('latin', { encoding: 'LATIN1' })
    expect(await refused(latin)).toMatchObject({ code: 1, stderr: expect.stringContaining('is kept in LATIN1') })
    const later = pg.database('later')
    expect(await refused(later)).toMatchObject({ code: 0, stdout: expect.stringContaining('no campaign yet') })
    pg.sql("INSERT INTO box_migrations VALUES ('9999-of-a-later-day', 'now')", 'later')
    expect(await refused(later)).toMatchObject({ code: 1, stderr: expect.stringContaining('a newer version') })
    const gone = await refused('postgres://somebody:a-password@127.0.0.1:1/box')
    expect(gone.code).toBe(1)
    expect(gone.stderr).toContain('ECONNREFUSED')
    expect(gone.stderr + gone.stdout).not.toContain('a-password')
    expect(await refused('mysql://x')).toMatchObject({ code: 2, stderr: expect.stringContaining('postgres://') })
  })

  it('that notes the time of each commit is refused', async () => {
    const noting = await runPostgres(['track_commit_timestamp=on'])
    onTestFinished(() => noting.end())
    const box = noting.database('box')
    const ran = await ita(['campaign', 'list', '--data', join(tempFolder(), 'data'), '--box-db', box])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('track_commit_timestamp is on') })
  })

  it('of a newer version is refused as a file, too', async () => {
    const data = join(tempFolder(), 'data')
    await (await openStores(data)).end()
    const file = new Database(join(data, 'box.sqlite'))
    file.exec("INSERT INTO box_migrations VALUES ('9999-of-a-later-day', 'now')")
    file.close()
    await expect(openStores(data)).rejects.toThrow('a newer version')
  })
})

it('a database that goes down in the middle and comes back has all that was acknowledged, once, and phones deliver the rest', async () => {
  const pg = await runPostgres()
  onTestFinished(() => pg.end())
  const databases = { issuer: pg.database('issuer'), box: pg.database('box') }
  const stores = await openStores(join(tempFolder(), 'data'), { databases })
  onTestFinished(() => stores.end())
  const { campaign, slip } = await makeRound(stores, { eligible: { iit: 40 } })
  const app = await buildCollector({ ...stores, appFolder: null })
  onTestFinished(() => app.close())
  const devices = Array.from({ length: 24 }, () => testDevice(app))
  for (const [at, device] of devices.entries()) await sealedOnDevice(device, slip('iit', at))
  expect((await app.inject('/v2/health')).statusCode).toBe(200)

  const queue = devices.values()
  let acknowledged = 0
  const deliverUntilDown = async () => {
    for (const device of queue) {
      const report = await flushOutbox(device)
      if (report !== 'busy') acknowledged += report.kept
    }
  }
  const delivering = Promise.all([deliverUntilDown(), deliverUntilDown()])
  while (acknowledged < 6) await new Promise((resolve) => setTimeout(resolve, 1))
  pg.stop('immediate')
  await delivering
  const unwell = await app.inject('/v2/health')
  expect([unwell.statusCode, unwell.json().ok]).toEqual([503, false])
  const waiting = async () =>
    (await Promise.all(devices.map(async (device) => (await readHoldings(device)).outbox.length))).reduce(
      (a, b) => a + b,
    )
  const left = await waiting()
  // nothing is lost while it is down, and nothing about it is told to phones
  await Promise.all(devices.map((device) => flushOutbox(device)))
  expect(await waiting()).toBe(left)

  await pg.start()
  await expect.poll(async () => (await app.inject('/v2/health')).statusCode, { timeout: 20_000 }).toBe(200)
  for (const device of devices) await flushOutbox(device)
  expect(await waiting()).toBe(0)
  const receipts = (await Promise.all(devices.map(async (device) => (await readHoldings(device)).receipts))).flat()
  const stored = (await spentOf(stores.box, campaign.cid, 'iit')).map(receiptOf)
  expect(stored.sort()).toEqual(receipts.map(({ id }) => id).sort())
  expect(await stores.box.tally(campaign.cid, 'iit')).toEqual({ rows: 24, tickets: 24 })
  expect(left).toBeLessThan(24)
  expect(left).toBeGreaterThan(0)
  console.log(`${24 - left} acknowledged before the power went, ${left} after`)
})

it('a round made by one process is a round without key for another one, until its key is copied there', async () => {
  const place = await newPlace('postgres')
  const office = await place.open()
  onTestFinished(() => office.end())
  const { campaign } = await makeRound(office, { eligible: { iit: 5 } })
  const elsewhere = await openStores(join(tempFolder(), 'data'), { databases: place.databases })
  onTestFinished(() => elsewhere.end())
  expect(await elsewhere.box.followOthers()).toEqual([Buffer.from(campaign.cid)])
  await expect(elsewhere.box.checkKey(campaign.cid)).rejects.toThrow('is missing; put its copy there')
})
