import { createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { openStores } from '#collector/installation/data-folder'
import { fromBase64Url } from '#protocol/bytes'
import { type BoxItem, boxBody } from '#protocol/messages'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { serve } from '#tests/support/ita.ts'
import { makeItem, PSS } from './delivery-items.ts'
import { load } from './load.ts'
import { perSecond, report } from './rate.ts'

const DELIVERIES = 8000
const CONNECTIONS = 32

/** Deliveries a second over HTTP, beside bare verification on one core and bare inserts. */
export async function benchDelivery(folder: string): Promise<void> {
  const data = join(folder, 'data')
  const { cid } = await demoCampaign(data, 'http://127.0.0.1')
  const id = fromBase64Url(cid, SIZES.campaignId)
  if (!id) throw new Error('no campaign')
  const stores = await openStores(data)
  const key = (await stores.issuer.keys.of(id, 'iit'))?.outer.privateKey
  await stores.end()
  if (!key) throw new Error('no signing key')
  console.log(`making ${3 * DELIVERIES} tickets …`)
  const items = await Promise.all(Array.from({ length: 3 * DELIVERIES }, () => makeItem(id, key)))

  const verifications = benchVerify(key, items)
  const inserts = benchInserts(join(folder, 'bare.sqlite'))
  report('(a) bare RSA-3072 PSS verifications, one core', verifications)
  report('(b) bare SQLite inserts of ticket and response, groups of 32', inserts)
  const collector = await serve(data)
  try {
    await deliver(
      collector.url,
      items.slice(0, DELIVERIES / 4).map((item) => boxBody(cid, [item])),
    )
    const single = items.slice(DELIVERIES / 4, DELIVERIES).map((item) => boxBody(cid, [item]))
    report(
      `deliveries over HTTP, ${CONNECTIONS} connections, 1 a request (phones)`,
      (await deliver(collector.url, single)) * 1,
      { '(a)': verifications, '(b)': inserts },
    )
    const many = items.slice(DELIVERIES)
    const bodies = Array.from({ length: many.length / 16 }, (_, index) =>
      boxBody(cid, many.slice(index * 16, index * 16 + 16)),
    )
    report(
      `deliveries over HTTP, ${CONNECTIONS} connections, 16 a request (tablets)`,
      (await deliver(collector.url, bodies)) * 16,
      { '(a)': verifications, '(b)': inserts },
    )
  } finally {
    await collector.stop()
  }
  console.log(`bytes of one delivery: ${boxBody(cid, items.slice(0, 1)).length}`)
}

function benchVerify(privateKey: KeyObject, items: readonly BoxItem[]): number {
  const key = createPublicKey(privateKey)
  const pairs = items
    .slice(0, DELIVERIES)
    .map(({ input, sig }) => [Buffer.from(input, 'base64url'), Buffer.from(sig, 'base64url')] as const)
  const started = performance.now()
  for (const [input, sig] of pairs)
    if (!verify('sha384', input, { key, ...PSS }, sig)) throw new Error('a ticket does not verify')
  return perSecond(pairs.length, started)
}

function benchInserts(file: string): number {
  const database = new Database(file)
  for (const pragma of ['page_size = 8192', 'journal_mode = TRUNCATE', 'synchronous = FULL', 'secure_delete = ON'])
    database.pragma(pragma)
  database.exec(
    'CREATE TABLE spent (nf BLOB PRIMARY KEY) WITHOUT ROWID; CREATE TABLE box (rid BLOB PRIMARY KEY, sealed BLOB) WITHOUT ROWID',
  )
  const [spend, keep] = [
    database.prepare('INSERT INTO spent VALUES (?)'),
    database.prepare('INSERT INTO box VALUES (?, ?)'),
  ]
  const rows = Array.from(
    { length: DELIVERIES },
    () => [randomBytes(32), randomBytes(16), randomBytes(SIZES.encapsulatedKey + PADDED_SIZE + SIZES.tag)] as const,
  )
  const store = database.transaction((group: typeof rows) => {
    for (const [nf, rid, sealed] of group) {
      spend.run(nf)
      keep.run(rid, sealed)
    }
  })
  const started = performance.now()
  for (let start = 0; start < rows.length; start += 32) store(rows.slice(start, start + 32))
  const rate = perSecond(rows.length, started)
  database.close()
  return rate
}

/** Delivers all bodies; requests a second. */
function deliver(url: string, bodies: readonly string[]): Promise<number> {
  return load({ url, path: '/v2/box', bodies, connections: CONNECTIONS, good: '"kept"', asked: '"input"' })
}
