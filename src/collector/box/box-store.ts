import { randomBytes } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Lane } from '#protocol/lane'
import { CampaignRegister, type StoredCampaign, type WithCampaigns } from '../campaigns/campaign-register.ts'
import { CAMPAIGN_STATES, takesAnswers } from '../campaigns/campaign-state.ts'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { tableSuffix } from '../storage/campaign-tables.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { openDatabase } from '../storage/open-database.ts'
import { BOX_MIGRATIONS, type BoxSchema } from './box-schema.ts'
import { EmblemStore } from './emblem-store.ts'
import { InstrumentsStore } from './instruments-store.ts'

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

const OPEN_STATES = CAMPAIGN_STATES.filter(takesAnswers)

/** The box: spent tickets and sealed responses. Knows neither codes nor what an answer is. */
export class BoxStore {
  readonly #db: Kysely<BoxSchema>
  readonly #group = new GroupCommit<Delivery, KeepOutcome>((group) => this.#keepTogether(group))
  readonly campaigns: CampaignRegister
  readonly instruments: InstrumentsStore
  readonly emblems: EmblemStore

  private constructor(db: Kysely<BoxSchema>) {
    this.#db = db
    this.campaigns = new CampaignRegister(db as unknown as Kysely<WithCampaigns>)
    this.instruments = new InstrumentsStore(db)
    this.emblems = new EmblemStore(db)
  }

  /** Opens (and creates) a box database file. */
  static async open(file: string, quotaBytes?: number): Promise<BoxStore> {
    return new BoxStore(await openDatabase<BoxSchema>(file, BOX_MIGRATIONS, quotaBytes))
  }

  /** Adds a campaign, as a draft, and its tables. Throws when it is there already. */
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
        .values({ cid: Buffer.from(cid), manifest, state: 'draft' })
        .execute()
    })
  }

  /** A campaign by its id, or null; its state may be a second old. */
  campaign(cid: Uint8Array): Promise<StoredCampaign | null> {
    return this.campaigns.find(cid)
  }

  /** Stores a delivery exactly once. Resolves after the commit. */
  keep(delivery: Delivery): Promise<KeepOutcome> {
    return this.#group.store(delivery)
  }

  /** Forgets a draft and its empty tables. The database refuses for a campaign that was open. */
  async discard(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    await allOrNothing(this.#db, async (tx) => {
      await tx.deleteFrom('campaigns').where('cid', '=', Buffer.from(cid)).execute()
      await tx.deleteFrom('rehearsals').where('cid', '=', Buffer.from(cid)).execute()
      for (const table of lanes.flatMap((lane) => [`spent_${tableSuffix(cid, lane)}`, `box_${tableSuffix(cid, lane)}`]))
        await sql`DROP TABLE ${sql.table(table)}`.execute(tx)
    })
    this.campaigns.forget()
  }

  /** Rewrites the file in the order of its random keys: what is left of the order in which pages were filled goes. */
  async rewrite(): Promise<void> {
    await sql`VACUUM`.execute(this.#db)
  }

  /** Writes a copy of the file. Throws when there is a file already. */
  async copyTo(file: string): Promise<void> {
    await sql`VACUUM INTO ${file}`.execute(this.#db)
  }

  /** How many responses of a lane are kept. */
  async count(cid: Uint8Array, lane: Lane): Promise<number> {
    const query = this.#db
      .selectFrom(`box_${tableSuffix(cid, lane)}`)
      .select((row) => row.fn.countAll<number>().as('n'))
    return (await query.executeTakeFirstOrThrow()).n
  }

  /** How many tickets of a lane are spent: as many as responses, or something is wrong. */
  async countSpent(cid: Uint8Array, lane: Lane): Promise<number> {
    const query = this.#db
      .selectFrom(`spent_${tableSuffix(cid, lane)}`)
      .select((row) => row.fn.countAll<number>().as('n'))
    return (await query.executeTakeFirstOrThrow()).n
  }

  /** Names of all spent tickets of a lane, sorted by their bytes, a page at a time. */
  async *nullifierPages(cid: Uint8Array, lane: Lane, pageSize = 5000): AsyncGenerator<readonly Uint8Array[]> {
    let after: Buffer = Buffer.alloc(0)
    while (true) {
      const query = this.#db
        .selectFrom(`spent_${tableSuffix(cid, lane)}`)
        .select('nf')
        .where('nf', '>', after)
      const page = await query.orderBy('nf').limit(pageSize).execute()
      if (page.length > 0) yield page.map(({ nf }) => nf)
      const last = page.at(-1)
      if (!last || page.length < pageSize) return
      after = last.nf
    }
  }

  /** Sealed responses of a lane, in the order of their random keys. */
  async *sealedRows(cid: Uint8Array, lane: Lane, pageSize = 500): AsyncGenerator<Uint8Array> {
    for await (const page of this.sealedPages(cid, lane, pageSize)) yield* page
  }

  /** The same, a page at a time. */
  async *sealedPages(cid: Uint8Array, lane: Lane, pageSize = 500): AsyncGenerator<readonly Uint8Array[]> {
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
      if (page.length > 0) yield page.map((row) => row.sealed)
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
      const open = await tx.selectFrom('campaigns').select('cid').where('state', 'in', OPEN_STATES).execute()
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
  if (rows.length === 0) return
  await tx.insertInto(`box_${suffix}`).values(rows).execute()
  await forgetOrder(tx, suffix)
}

/** Beyond this a page holds too many rows of other hours for its order to say much, and writing all of them anew costs too much. */
const REBUILT_UP_TO = 1000

/**
 * Writes a small lane's two tables anew in the order of their random keys, in the transaction that added to them. Within a
 * page SQLite lays each new row below the ones before, so that a copy of the file would tell the order of arrival, and with
 * few rows which receipt came with which response. Larger lanes are rewritten by the clock.
 */
async function forgetOrder(tx: Transaction<BoxSchema>, suffix: `${string}_${string}`): Promise<void> {
  const spent = await tx
    .selectFrom(`spent_${suffix}`)
    .selectAll()
    .orderBy('nf')
    .limit(REBUILT_UP_TO + 1)
    .execute()
  if (spent.length > REBUILT_UP_TO) return
  const rows = await tx.selectFrom(`box_${suffix}`).selectAll().orderBy('rid').execute()
  await tx.deleteFrom(`spent_${suffix}`).execute()
  await tx.deleteFrom(`box_${suffix}`).execute()
  await tx.insertInto(`spent_${suffix}`).values(spent).execute()
  await tx.insertInto(`box_${suffix}`).values(rows).execute()
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
