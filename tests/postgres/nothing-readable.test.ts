import { randomBytes } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { resealAll } from '#collector/installation/storage-jobs'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { newPlace, postgres } from '#tests/support/both-engines.ts'
import { kendallTau } from '#tests/support/kendall.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { filesIn, readable, type Sought } from '#tests/support/search-data.ts'

const N = 400
const NOTHING = { responses: 0, tickets: 0 }

/** The place of each delivery in what a query gives, rows as hexadecimal text. */
function placesIn(rows: string, delivered: readonly Uint8Array[]): number[] {
  const order = rows.split('\n')
  return delivered.map((one) => order.indexOf(Buffer.from(one).toString('hex')))
}

it(`of ${N} deliveries into PostgreSQL nothing can be read while the round runs, write-ahead log included; settled, no order and no pair`, async () => {
  const pg = await postgres()
  const place = await newPlace('postgres')
  // what lay there before is no work of the round's
  pg.sql('CHECKPOINT')
  await new Promise((resolve) => setTimeout(resolve, 1100))
  const began = Date.now() - 100
  const stores = await place.open()
  onTestFinished(() => stores.end())
  const { campaign } = await makeRound(stores, { eligible: { iit: 5 } })
  const database = new URL(place.databases.box ?? '').pathname.slice(1)
  const delivered: Sought[] = []
  for (const count of [7, N - 57, 50]) {
    for (let at = 0; at < count; at += 1) {
      const one = { nf: new Uint8Array(randomBytes(32)), sealed: new Uint8Array(randomBytes(1649)) }
      // one transaction each: nothing is hidden in a crowd
      expect(await stores.box.keep({ cid: campaign.cid, lane: 'iit', ...one })).toBe('kept')
      delivered.push(one)
    }
    expect(readable(filesIn(pg.dataFolder, began), delivered)).toEqual(NOTHING)
    await resealAll(stores, 'test')
    pg.sql('CHECKPOINT')
    expect(readable(filesIn(pg.dataFolder, began), delivered)).toEqual(NOTHING)
  }
  await closeCampaign(stores, campaign, 'test')
  pg.sql('CHECKPOINT')
  // the search is none that cannot find: settled, they lie there
  expect(readable(filesIn(pg.dataFolder, began), delivered)).toEqual({ responses: N, tickets: N })

  const query = (text: string) => pg.sql(text, database)
  for (const [table, column] of [
    ['box', 'sealed'],
    ['receipts', 'nf'],
  ] as const) {
    expect([table, query(`SELECT count(DISTINCT xmin::text) FROM ${table}`)]).toEqual([table, '1'])
    for (const order of ['ctid', 'xmin::text::bigint, ctid']) {
      const rows = query(`SELECT encode(${column}, 'hex') FROM ${table} ORDER BY ${order}`)
      const places = placesIn(
        rows,
        delivered.map((one) => (column === 'nf' ? one.nf : one.sealed)),
      )
      expect(places).not.toContain(-1)
      expect(Math.abs(kendallTau(places)), `${table} by ${order}`).toBeLessThan(0.2)
    }
  }
  // the k-th receipt beside the k-th row: right once, as by chance (ten times: once in nine million)
  const inTable = (table: string, column: string) =>
    query(`SELECT encode(${column}, 'hex') FROM ${table} ORDER BY ctid`).split('\n')
  const [rows, receipts] = [inTable('box', 'sealed'), inTable('receipts', 'nf')]
  const pairs = new Map(
    delivered.map(({ nf, sealed }) => [Buffer.from(nf).toString('hex'), Buffer.from(sealed).toString('hex')]),
  )
  expect(receipts.filter((nf, at) => pairs.get(nf) === rows[at]).length).toBeLessThan(10)
  expect(query('SELECT (SELECT count(*) FROM intake), (SELECT count(*) FROM spent)')).toBe('0|0')
})
