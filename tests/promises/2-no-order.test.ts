import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readResponses } from '#cli/files/csv-file'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import { deliverInOrder, directItem } from '#tests/support/direct-response.ts'
import { FORMS } from '#tests/support/forms.ts'
import { ita } from '#tests/support/ita.ts'
import { kendallTau } from '#tests/support/kendall.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const N = 200

/** The place in the order of delivery, hidden in the first four answers: each of them has four options. */
const DIGITS = ['I7', 'I8', 'I9', 'I10'] as const
const withPlace = (place: number) => ({
  ...randomAnswers('iit-2566'),
  ...Object.fromEntries(DIGITS.map((item, index) => [item, (Math.floor(place / 4 ** index) % 4) + 1])),
})
const placeOf = (answers: Readonly<Record<string, number>>) =>
  DIGITS.reduce((place, item, index) => place + ((answers[item] ?? 1) - 1) * 4 ** index, 0)

/** Columns of every table of a database file, e.g. `box: rid, sealed`. */
function columnsOf(file: string): Record<string, string> {
  const database = new Database(file, { readonly: true })
  const tables = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as {
    name: string
    sql: string
  }[]
  const columns = tables.map(({ name }) => {
    const info = database.prepare('SELECT name FROM pragma_table_info(?)').all(name) as { name: string }[]
    return [name, info.map((column) => column.name).join(' ')] as const
  })
  database.close()
  return Object.fromEntries(columns)
}

describe('the databases', () => {
  it('hold exactly the columns the protocol allows: no time, no address, no link', async () => {
    const { folder } = await testCampaign()
    const migrations = (name: string) => ({
      [`${name}_migrations`]: 'name timestamp',
      [`${name}_migrations_lock`]: 'id is_locked',
    })
    expect(columnsOf(join(folder, 'box.sqlite'))).toEqual({
      ...migrations('box'),
      campaigns: 'cid mh check_number manifest state',
      emblems: 'hash png',
      instruments: 'hash text',
      rehearsals: 'cid shares',
      intakes: 'cid epoch oldest mark resealed stage',
      counts: 'cid lane n',
      spent: 'cid lane epoch tag',
      intake: 'id cid lane epoch row',
      box: 'cid lane rid sealed',
      receipts: 'cid lane nf',
    })
    expect(columnsOf(join(folder, 'issuer.sqlite'))).toEqual({
      ...migrations('issuer'),
      keys: 'cid lane kind pkcs8',
      rehearsals: 'cid shares',
      campaigns: 'cid mh check_number manifest state',
      batches: 'cid lane batch kind printed voided exchanged unit',
      codes: 'cid lane h used bh batch',
      tablets:
        'tid cid token key last last_codes lane point day heard quota revoked today issued codes_today collected delivered turned_away',
      open_lanes: 'cid is_on per_day day today given',
    })
  })
})

describe('the order of delivery', () => {
  it('is neither in what SELECT gives of a closed round, nor in the bytes of the file, nor in an export', async () => {
    const test = await testCampaign()
    const delivered = await deliverInOrder(
      test,
      Array.from({ length: N }, (_, place) => withPlace(place)),
    )
    await closeCampaign(test.stores, test.campaign, 'test')
    const file = join(test.folder, 'box.sqlite')
    const database = new Database(file, { readonly: true })
    // exactly as somebody with the file would look: no ORDER BY
    const selected = (column: string, table: string) =>
      database.prepare(`SELECT ${column} FROM ${table}`).pluck().all() as Buffer[]
    const [rows, receipts] = [selected('sealed', 'box'), selected('nf', 'receipts')]
    database.close()
    const bytes = readFileSync(file)
    const orders = {
      rows: delivered.map(({ sealed }) => rows.findIndex((row) => row.equals(sealed))),
      receipts: delivered.map(({ nf }) => receipts.findIndex((row) => row.equals(nf))),
      'bytes of rows': delivered.map(({ sealed }) => bytes.indexOf(sealed)),
      'bytes of receipts': delivered.map(({ nf }) => bytes.indexOf(nf)),
    }
    for (const [what, order] of Object.entries(orders)) {
      expect([what, order.includes(-1)]).toEqual([what, false])
      expect(Math.abs(kendallTau(order)), what).toBeLessThan(0.2)
    }
    // the k-th receipt beside the k-th row: right once, as by chance (ten times: once in nine million)
    const hits = orders.rows.filter((place, at) => place === orders.receipts[at]).length
    expect(hits).toBeLessThan(10)

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

  it('is in no journal: there is no WAL, and the rollback journal is empty', async () => {
    const test = await testCampaign()
    await deliverInOrder(
      test,
      Array.from({ length: 20 }, (_, place) => withPlace(place)),
    )
    expect(readdirSync(test.folder).filter((file) => /wal|shm/.test(file))).toEqual([])
    for (const file of ['box.sqlite', 'issuer.sqlite', 'acts.sqlite']) {
      const database = new Database(join(test.folder, file), { readonly: true })
      expect([file, database.pragma('journal_mode', { simple: true })]).not.toEqual([file, 'wal'])
      // a rowid counts upwards: only what lies under the intake key may have one
      const tables = database
        .prepare("SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN ('box', 'receipts', 'spent', 'codes')")
        .all() as { sql: string }[]
      for (const { sql } of tables) expect(sql).toMatch(/WITHOUT ROWID/i)
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
