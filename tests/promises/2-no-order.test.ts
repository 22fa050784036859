import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readResponses } from '#cli/files/csv-file'
import { rewriteFiles } from '#collector/installation/storage-jobs'
import { flushOutbox } from '#device/delivery/flush'
import { deliverItems, directItem } from '#tests/support/direct-response.ts'
import { FORMS } from '#tests/support/forms.ts'
import { ita } from '#tests/support/ita.ts'
import { kendallTau } from '#tests/support/kendall.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const N = 200

/** Bytes of a page of the database. */
const PAGE = 8192

/** The place in the order of delivery, hidden in the first four answers: each of them has four options. */
const DIGITS = ['I7', 'I8', 'I9', 'I10'] as const
const withPlace = (place: number) => ({
  ...randomAnswers('iit-2566'),
  ...Object.fromEntries(DIGITS.map((item, index) => [item, (Math.floor(place / 4 ** index) % 4) + 1])),
})
const placeOf = (answers: Readonly<Record<string, number>>) =>
  DIGITS.reduce((place, item, index) => place + ((answers[item] ?? 1) - 1) * 4 ** index, 0)

/** Delivers responses one after the other and answers their sealed bytes in that order. */
async function deliverInOrder(test: TestCampaign, count = N): Promise<Buffer[]> {
  const key = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
  if (!key) throw new Error('no key')
  const sealed: Buffer[] = []
  for (let place = 0; place < count; place += 1) {
    const item = await directItem(test.campaign, 'iit', key, withPlace(place))
    const reply = await deliverItems(test.app, test.campaign, [item])
    expect(reply.json().results).toEqual([{ n: 0, s: 'kept' }])
    sealed.push(Buffer.concat([Buffer.from(item.enc, 'base64url'), Buffer.from(item.ct, 'base64url')]))
  }
  return sealed
}

/** Columns of every table of a database file, e.g. `box: rid, sealed`. */
function columnsOf(file: string): Record<string, string> {
  const database = new Database(file, { readonly: true })
  const tables = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as {
    name: string
    sql: string
  }[]
  const columns = tables.map(({ name }) => {
    const info = database.prepare('SELECT name FROM pragma_table_info(?)').all(name) as { name: string }[]
    return [name.replace(/_[0-9a-f]{32}_/, ':'), info.map((column) => column.name).join(' ')] as const
  })
  database.close()
  return Object.fromEntries(columns)
}

describe('the databases', () => {
  it('hold exactly the columns the protocol allows: no time, no address, no link', async () => {
    const { folder } = await testCampaign()
    const migrations = { kysely_migration: 'name timestamp', kysely_migration_lock: 'id is_locked' }
    expect(columnsOf(join(folder, 'box.sqlite'))).toEqual({
      ...migrations,
      campaigns: 'cid manifest state',
      emblems: 'hash png',
      instruments: 'hash text',
      rehearsals: 'cid shares',
      ...Object.fromEntries(
        ['iit', 'eit_public', 'eit_survey', 'eit_open'].flatMap((lane) => [
          [`spent:${lane}`, 'nf'],
          [`box:${lane}`, 'rid sealed'],
        ]),
      ),
    })
    expect(columnsOf(join(folder, 'issuer.sqlite'))).toEqual({
      ...migrations,
      keys: 'cid lane kind pkcs8',
      rehearsals: 'cid shares',
      campaigns: 'cid manifest state',
      batches: 'cid lane batch kind printed voided exchanged unit',
      tablets:
        'tid cid lane point quota token key revoked day today issued last codes_today last_codes collected delivered heard turned_away',
      open_lanes: 'cid is_on per_day day today given',
      ...Object.fromEntries(
        ['iit', 'eit_public', 'eit_survey', 'eit_open'].map((lane) => [`codes:${lane}`, 'h used bh batch']),
      ),
    })
  })
})

describe('the order of delivery', () => {
  it('is neither in what SELECT gives, nor in the bytes of the rewritten file, nor in an export', async () => {
    const test = await testCampaign()
    const sealed = await deliverInOrder(test)

    const database = new Database(join(test.folder, 'box.sqlite'), { readonly: true })
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'box\\_%iit' ESCAPE '\\'").all()
    const [{ name }] = tables as [{ name: string }]
    // exactly as somebody with the file would look: no ORDER BY
    const rows = (database.prepare(`SELECT sealed FROM ${name}`).all() as { sealed: Buffer }[]).map((row) => row.sealed)
    database.close()
    const selected = sealed.map((one) => rows.findIndex((row) => row.equals(one)))
    expect(selected).not.toContain(-1)
    expect(Math.abs(kendallTau(selected))).toBeLessThan(0.2)

    await rewriteFiles(test.stores, 'test')
    const bytes = readFileSync(join(test.folder, 'box.sqlite'))
    const offsets = sealed.map((one) => bytes.indexOf(one))
    expect(offsets).not.toContain(-1)
    expect(Math.abs(kendallTau(offsets))).toBeLessThan(0.2)

    const out = join(test.folder, '..', `${test.campaign.manifest.cid}-out`)
    const key = join(test.folder, 'demo', 'key-1.json')
    const cid = test.campaign.manifest.cid
    const opened = await ita(['open', '--data', test.folder, '--campaign', cid, '--key', key, '--out', out], {
      ITA_PASSPHRASE: 'demo',
    })
    expect(opened.code).toBe(0)
    const exported = readResponses(join(out, 'responses.csv'), FORMS).map(({ answers }) => placeOf(answers))
    expect([...exported].sort((a, b) => a - b)).toEqual(Array.from({ length: N }, (_, place) => place))
    expect(Math.abs(kendallTau(exported))).toBeLessThan(0.2)
  })

  it('of a few deliveries is not in a copy of the file either, taken at any moment without a rewriting', async () => {
    const test = await testCampaign()
    await deliverInOrder(test, 7)
    const bytes = readFileSync(join(test.folder, 'box.sqlite'))
    const database = new Database(join(test.folder, 'box.sqlite'), { readonly: true })
    const tableOf = (what: string) =>
      (database.prepare('SELECT name FROM sqlite_master WHERE name GLOB ?').get(`${what}_*_iit`) as { name: string })
        .name
    const inKeyOrder = (what: string, column: string) =>
      database
        .prepare(`SELECT ${column} FROM ${tableOf(what)}`)
        .pluck()
        .all() as Buffer[]
    for (const [what, column] of [
      ['spent', 'nf'],
      ['box', 'rid'],
    ] as const) {
      const keys = inKeyOrder(what, column)
      expect(keys).toHaveLength(7)
      const places = keys.map((key) => bytes.indexOf(key))
      // one copy of each: nothing older is left in the file
      expect(keys.map((key) => bytes.lastIndexOf(key))).toEqual(places)
      // within a page each cell lies below the one before it in the order of the keys, which are random
      for (const [at, place] of places.entries()) {
        const before = places[at - 1] ?? place
        if (Math.floor(before / PAGE) === Math.floor(place / PAGE)) expect(place).toBeLessThanOrEqual(before)
      }
    }
    database.close()
  })

  it('is in no journal: there is no WAL, and the rollback journal is empty', async () => {
    const test = await testCampaign()
    await deliverInOrder(test)
    expect(readdirSync(test.folder).filter((file) => /wal|shm/.test(file))).toEqual([])
    for (const file of ['box.sqlite', 'issuer.sqlite', 'acts.sqlite']) {
      const database = new Database(join(test.folder, file), { readonly: true })
      expect([file, database.pragma('journal_mode', { simple: true })]).not.toEqual([file, 'wal'])
      // a rowid counts upwards
      const tables = database.prepare("SELECT sql FROM sqlite_master WHERE name GLOB '*_iit'").all() as {
        sql: string
      }[]
      for (const { sql } of tables) expect(sql).toMatch(/WITHOUT ROWID/)
      database.close()
      const journal = join(test.folder, `${file}-journal`)
      expect(existsSync(journal) ? statSync(journal).size : 0).toBe(0)
    }
  })

  it('of sealing on one device is not the order in which it delivers', async () => {
    const test = await testCampaign()
    const key = await test.stores.issuer.keys.of(test.campaign.cid, 'iit')
    if (!key) throw new Error('no key')
    const delivered: string[] = []
    const device = testDevice(test.app, (request, pass) => {
      for (const { ct } of JSON.parse(request.body ?? '{"items":[]}').items) delivered.push(ct)
      return pass()
    })
    const sealedOrder: string[] = []
    for (let place = 0; place < N; place += 1) {
      const item = await directItem(test.campaign, 'iit', key, withPlace(place))
      sealedOrder.push(item.ct)
      const record = { ...item, id: `id-${String(place).padStart(4, '0')}`, v: 2, cid: test.campaign.manifest.cid }
      await device.store.transact('strict', ['outbox'], (tx) =>
        tx.put('outbox', { ...record, receipt: `R-${place}`, state: 'waiting' }),
      )
    }
    expect(await flushOutbox(device)).toMatchObject({ kept: N })
    const positions = sealedOrder.map((ct) => delivered.indexOf(ct))
    expect(positions).not.toContain(-1)
    expect(Math.abs(kendallTau(positions))).toBeLessThan(0.2)
  })
})
