import { randomBytes } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Lane } from '#protocol/lane'
import type { Campaign } from '#protocol/manifest'
import { readCampaign } from '#protocol/manifest'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { BOX_MIGRATIONS, type BoxSchema } from '../storage/box-schema.ts'
import { tableSuffix } from '../storage/campaign-tables.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { openDatabase } from '../storage/open-database.ts'

/** A verified delivery, ready to be stored. */
export interface Delivery {
  readonly cid: Uint8Array
  readonly lane: Lane
  readonly nf: Uint8Array
  /** Encapsulated key ‖ ciphertext. */
  readonly sealed: Uint8Array
}

/** Kept, whether the ticket was new or spent before; or too late. */
export type KeepOutcome = 'kept' | 'campaign-closed'

/** A campaign and whether it still takes answers. */
export interface StoredCampaign extends Campaign {
  readonly text: string
  readonly state: 'open' | 'closed'
}

/** How long a campaign's state may be remembered. */
const FRESH_MS = 1000

/** The box: spent tickets and sealed responses. Knows neither codes nor what an answer is. */
export class BoxStore {
  readonly #db: Kysely<BoxSchema>
  readonly #group = new GroupCommit<Delivery, KeepOutcome>((group) => this.#keepTogether(group))
  /** Asked for at every request; see `campaign`. */
  readonly #campaigns = new Map<string, { readonly stored: StoredCampaign; readonly until: number }>()

  private constructor(db: Kysely<BoxSchema>) {
    this.#db = db
  }

  /** Opens (and creates) a box database file. */
  static async open(file: string, quotaBytes?: number): Promise<BoxStore> {
    return new BoxStore(await openDatabase<BoxSchema>(file, BOX_MIGRATIONS, quotaBytes))
  }

  /** Adds a campaign and its tables. Throws when it is there already. */
  async addCampaign(cid: Uint8Array, lanes: readonly Lane[], manifest: string): Promise<void> {
    await allOrNothing(this.#db, async (tx) => {
      for (const lane of lanes) {
        const suffix = tableSuffix(cid, lane)
        await sql`CREATE TABLE ${sql.table(`spent_${suffix}`)} (nf BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID`.execute(tx)
        await sql`CREATE TABLE ${sql.table(`box_${suffix}`)} (rid BLOB PRIMARY KEY NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID`.execute(
          tx,
        )
      }
      await tx
        .insertInto('campaigns')
        .values({ cid: Buffer.from(cid), manifest, state: 'open' })
        .execute()
    })
  }

  /**
   * A campaign by its id, or null. The answer may be a second old: whether it is still open is asked again where it
   * matters, inside the transaction that stores.
   */
  async campaign(cid: Uint8Array): Promise<StoredCampaign | null> {
    const known = this.#campaigns.get(Buffer.from(cid).toString('hex'))
    return known && known.until > performance.now() ? known.stored : this.campaignNow(cid)
  }

  /** The same, with the state of this moment: another process may have closed it just now. */
  async campaignNow(cid: Uint8Array): Promise<StoredCampaign | null> {
    const key = Buffer.from(cid)
    const id = key.toString('hex')
    const known = this.#campaigns.get(id)
    const row = await this.#db.selectFrom('campaigns').selectAll().where('cid', '=', key).executeTakeFirst()
    if (!row) return null
    const campaign = known?.stored ?? (await readCampaign(Buffer.from(row.manifest)))
    if (!campaign) throw new Error(`the stored manifest of campaign ${id} is damaged`)
    const { manifest, mh } = campaign
    const stored = { manifest, cid: campaign.cid, mh, text: row.manifest, state: row.state }
    this.#campaigns.set(id, { stored, until: performance.now() + FRESH_MS })
    return stored
  }

  /** Ids of all campaigns. */
  async campaignIds(): Promise<Uint8Array[]> {
    const rows = await this.#db.selectFrom('campaigns').select('cid').execute()
    return rows.map((row) => row.cid)
  }

  /** Stores a delivery exactly once. Resolves after the commit. */
  keep(delivery: Delivery): Promise<KeepOutcome> {
    return this.#group.store(delivery)
  }

  /** Stops taking answers, and rewrites the file: what is left of the order in which pages were filled goes. */
  async close(cid: Uint8Array): Promise<void> {
    await this.#db.updateTable('campaigns').set({ state: 'closed' }).where('cid', '=', Buffer.from(cid)).execute()
    await sql`VACUUM`.execute(this.#db)
    this.#campaigns.clear()
  }

  /** Names of all spent tickets of a lane, sorted by their bytes. */
  async nullifiers(cid: Uint8Array, lane: Lane): Promise<Uint8Array[]> {
    const rows = await this.#db
      .selectFrom(`spent_${tableSuffix(cid, lane)}`)
      .select('nf')
      .orderBy('nf')
      .execute()
    return rows.map((row) => row.nf)
  }

  /** Sealed responses of a lane, a page at a time in the order of their random keys. */
  async *sealedRows(cid: Uint8Array, lane: Lane, pageSize = 500): AsyncGenerator<Uint8Array> {
    const table = `box_${tableSuffix(cid, lane)}` as const
    let after: Buffer = Buffer.alloc(0)
    while (true) {
      const page = await this.#db
        .selectFrom(table)
        .selectAll()
        .where('rid', '>', after)
        .orderBy('rid')
        .limit(pageSize)
        .execute()
      for (const row of page) yield row.sealed
      const last = page.at(-1)
      if (!last || page.length < pageSize) return
      after = last.rid
    }
  }

  /** Closes the file. */
  async end(): Promise<void> {
    await this.#db.destroy()
  }

  async #keepTogether(group: readonly Delivery[]): Promise<readonly KeepOutcome[]> {
    return allOrNothing(this.#db, async (tx) => {
      // asked inside the transaction: what is acknowledged is among the receipts that closing publishes
      const open = await tx.selectFrom('campaigns').select('cid').where('state', '=', 'open').execute()
      const openIds = new Set(open.map(({ cid }) => cid.toString('hex')))
      const isOpen = ({ cid }: Delivery) => openIds.has(Buffer.from(cid).toString('hex'))
      for (const [suffix, deliveries] of byTable(group.filter(isOpen))) await keepIn(tx, suffix, deliveries)
      return group.map((delivery) => (isOpen(delivery) ? 'kept' : 'campaign-closed'))
    })
  }
}

async function keepIn(
  tx: Transaction<BoxSchema>,
  suffix: `${string}_${string}`,
  deliveries: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const fresh = await tx
    .insertInto(`spent_${suffix}`)
    .values([...deliveries.keys()].map((nf) => ({ nf: Buffer.from(nf, 'hex') })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('nf')
    .execute()
  const rows = fresh.flatMap(({ nf }) => {
    const sealed = deliveries.get(nf.toString('hex'))
    return sealed ? [{ rid: randomBytes(16), sealed: Buffer.from(sealed) }] : []
  })
  if (rows.length > 0) await tx.insertInto(`box_${suffix}`).values(rows).execute()
}

/** Deliveries by table and nullifier; of two with one ticket the first one wins. */
function byTable(group: readonly Delivery[]): Map<`${string}_${string}`, Map<string, Uint8Array>> {
  const tables = new Map<`${string}_${string}`, Map<string, Uint8Array>>()
  for (const { cid, lane, nf, sealed } of group) {
    const suffix = tableSuffix(cid, lane)
    const deliveries = tables.get(suffix) ?? new Map<string, Uint8Array>()
    tables.set(suffix, deliveries)
    const name = Buffer.from(nf).toString('hex')
    if (!deliveries.has(name)) deliveries.set(name, sealed)
  }
  return tables
}
