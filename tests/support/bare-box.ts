import { randomBytes } from 'node:crypto'
import type { KyselyPlugin } from 'kysely'
import { BOX_DATABASE, type BoxSchema } from '#collector/box/box-schema'
import { BoxStore } from '#collector/box/box-store'
import { IntakeKeys } from '#collector/box/intake-keys'
import type { Delivery } from '#collector/box/keep-group'
import { openDatabase } from '#collector/storage/open-database'
import type { Campaign } from '#protocol/manifest'
import { lanesOf } from '#protocol/manifest'

/** Throws at the n-th statement it sees, counted from 1; 0 never. */
export class NthStatement implements KyselyPlugin {
  seen = 0
  failAt: number

  constructor(failAt: number) {
    this.failAt = failAt
  }

  transformQuery({ node }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    this.seen += 1
    if (this.seen === this.failAt) throw new Error('planted')
    return node
  }

  async transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    return result
  }
}

/** A box over a file and a folder of keys, whose n-th statement fails. */
export async function boxThatFails(file: string, keys: string, nth: NthStatement): Promise<BoxStore> {
  const database = await openDatabase<BoxSchema>(file, BOX_DATABASE)
  return new BoxStore({ ...database, db: database.db.withPlugin(nth) }, new IntakeKeys(keys))
}

/** A campaign of one lane, as far as a box looks at it. */
export function bareCampaign(): Campaign {
  const cid = new Uint8Array(randomBytes(16))
  return { cid, mh: new Uint8Array(randomBytes(16)), manifest: { lanes: { iit: {} } } as never }
}

/** A delivery with random bytes in it. */
export function bareDelivery({ cid, manifest }: Campaign): Delivery {
  const [lane = 'iit'] = lanesOf(manifest)
  return { cid, lane, nf: new Uint8Array(randomBytes(32)), sealed: new Uint8Array(randomBytes(200)) }
}

/** What lies in a lane, as hexadecimal text, sorted. */
export async function rowsOf(box: BoxStore, { cid }: Campaign): Promise<{ rows: string[]; tickets: string[] }> {
  const rows: string[] = []
  for await (const sealed of box.sealedRows(cid, 'iit')) rows.push(Buffer.from(sealed).toString('hex'))
  const tickets: string[] = []
  for await (const page of box.nullifierPages(cid, 'iit'))
    tickets.push(...page.map((nf) => Buffer.from(nf).toString('hex')))
  return { rows: rows.sort(), tickets: tickets.sort() }
}
