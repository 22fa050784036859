import { type ControlledTransaction, type Kysely, sql } from 'kysely'
import type { Lane } from '#protocol/lane'
import { CampaignRegister, type StoredCampaign, type WithCampaigns } from '../campaigns/campaign-register.ts'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { tableSuffix } from '../storage/campaign-tables.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { openDatabase } from '../storage/open-database.ts'
import { ISSUER_MIGRATIONS, type IssuerSchema } from './issuer-schema.ts'
import { OpenLane } from './open-lane.ts'
import { type NewKeys, SigningKeys } from './signing-keys.ts'
import { keepCounts, SlipBatches } from './slip-batches.ts'
import { Tablets } from './tablets.ts'

/** An unused code marked used, or the same blinded message again; or why not. */
export type CodeOutcome = 'granted' | 'code-unknown' | 'code-used' | 'issue-closed'

export interface CodeUse {
  readonly cid: Uint8Array
  readonly lane: Lane
  readonly codeHash: Uint8Array
  /** Of both blinded messages together. */
  readonly blindedHash: Uint8Array
}

/** The issuer: signing keys and slip codes, in a file of its own. Never sees a ticket or a response. */
export class IssuerStore {
  readonly #db: Kysely<IssuerSchema>
  readonly #group = new GroupCommit<CodeUse, CodeOutcome>((group) => this.#useTogether(group))

  readonly campaigns: CampaignRegister
  readonly slips: SlipBatches
  readonly tablets: Tablets
  readonly openLane: OpenLane
  readonly keys: SigningKeys

  private constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
    this.campaigns = new CampaignRegister(db as unknown as Kysely<WithCampaigns>)
    this.slips = new SlipBatches(db)
    this.tablets = new Tablets(db)
    this.openLane = new OpenLane(db)
    this.keys = new SigningKeys(db)
  }

  /** Opens (and creates) an issuer database file. */
  static async open(file: string): Promise<IssuerStore> {
    return new IssuerStore(await openDatabase<IssuerSchema>(file, ISSUER_MIGRATIONS))
  }

  /** A campaign by its id, or null; its state may be a second old. */
  campaign(cid: Uint8Array): Promise<StoredCampaign | null> {
    return this.campaigns.find(cid)
  }

  /** Adds a campaign, as a draft. Its lanes were added before: the manifest names their keys. */
  async addCampaign(cid: Uint8Array, manifest: string): Promise<void> {
    await this.#db
      .insertInto('campaigns')
      .values({ cid: Buffer.from(cid), manifest, state: 'draft' })
      .execute()
  }

  /** Stores a lane's signing keys and makes its table of codes. */
  async addLane(cid: Uint8Array, lane: Lane, { rows }: NewKeys): Promise<void> {
    const table = sql.table(`codes_${tableSuffix(cid, lane)}`)
    await allOrNothing(this.#db, async (tx) => {
      await sql`CREATE TABLE ${table} (h BLOB PRIMARY KEY NOT NULL, used INTEGER NOT NULL, bh BLOB,
        batch INTEGER NOT NULL) WITHOUT ROWID`.execute(tx)
      await tx
        .insertInto('keys')
        .values(rows.map((row) => ({ cid: Buffer.from(cid), lane, ...row })))
        .execute()
    })
  }

  /** Uses a code for one pair of blinded messages. Asked again with the same pair it grants again; with another it refuses. */
  exchange(use: CodeUse): Promise<CodeOutcome> {
    return this.#group.store(use)
  }

  /** Whether a code is known, and whether it was used for another message than this one. Before it costs a signature. */
  async look({ cid, lane, codeHash, blindedHash }: CodeUse): Promise<CodeOutcome | 'unused'> {
    const table = `codes_${tableSuffix(cid, lane)}` as const
    const row = await this.#db
      .selectFrom(table)
      .select(['used', 'bh'])
      .where('h', '=', Buffer.from(codeHash))
      .executeTakeFirst()
    if (!row) return 'code-unknown'
    if (row.used === 0) return 'unused'
    return row.bh?.equals(Buffer.from(blindedHash)) ? 'granted' : 'code-used'
  }

  /** How many codes of a lane are still stored: none after closing. */
  async codesLeft(cid: Uint8Array, lane: Lane): Promise<number> {
    const table = `codes_${tableSuffix(cid, lane)}` as const
    return (
      await this.#db
        .selectFrom(table)
        .select((row) => row.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n
  }

  /** Whether a code is known and not yet used. */
  async isUnused(cid: Uint8Array, lane: Lane, codeHash: Uint8Array): Promise<boolean> {
    return (await this.look({ cid, lane, codeHash, blindedHash: new Uint8Array() })) === 'unused'
  }

  /** Destroys a campaign's signing keys and codes; only how many slips there were and were exchanged stays. */
  async destroyCampaign(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    await allOrNothing(this.#db, async (tx) => {
      // counted in the same transaction, and only while there is something to count
      for (const lane of lanes) await keepCounts(tx, cid, lane)
      await tx.deleteFrom('keys').where('cid', '=', Buffer.from(cid)).execute()
      for (const lane of lanes) await tx.deleteFrom(`codes_${tableSuffix(cid, lane)}`).execute()
    })
    this.keys.forget()
    await this.rewrite()
  }

  /** Forgets a draft and everything made for it. The database refuses for a campaign that was open. */
  async discard(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    const id = Buffer.from(cid)
    await allOrNothing(this.#db, async (tx) => {
      await tx.deleteFrom('campaigns').where('cid', '=', id).execute()
      for (const table of ['keys', 'batches', 'tablets', 'open_lanes', 'rehearsals'] as const)
        await tx.deleteFrom(table).where('cid', '=', id).execute()
      for (const lane of lanes) await sql`DROP TABLE ${sql.table(`codes_${tableSuffix(cid, lane)}`)}`.execute(tx)
    })
    this.campaigns.forget()
    this.keys.forget()
    await this.rewrite()
  }

  /** Rewrites the file: nothing of what was deleted, and no order of pages, stays in it. */
  async rewrite(): Promise<void> {
    await sql`VACUUM`.execute(this.#db)
  }

  /** Writes a copy of the file. Throws when there is a file already. */
  async copyTo(file: string): Promise<void> {
    await sql`VACUUM INTO ${file}`.execute(this.#db)
  }

  /** Closes the file. */
  async end(): Promise<void> {
    await this.#db.destroy()
  }

  async #useTogether(group: readonly CodeUse[]): Promise<readonly CodeOutcome[]> {
    return allOrNothing(this.#db, async (tx) => {
      // asked inside the transaction: after "end-issue" no slip is exchanged any more, not even in the same second
      const open = await tx.selectFrom('campaigns').select('cid').where('state', '=', 'open').execute()
      const openIds = new Set(open.map(({ cid }) => cid.toString('hex')))
      const outcomes: CodeOutcome[] = []
      for (const use of group) {
        outcomes.push(await exchangeOne(tx, use, openIds.has(Buffer.from(use.cid).toString('hex'))))
      }
      return outcomes
    })
  }
}

async function exchangeOne(
  tx: ControlledTransaction<IssuerSchema>,
  { cid, lane, codeHash, blindedHash }: CodeUse,
  isOpen: boolean,
): Promise<CodeOutcome> {
  const table = `codes_${tableSuffix(cid, lane)}` as const
  const [h, bh] = [Buffer.from(codeHash), Buffer.from(blindedHash)]
  if (isOpen) await tx.updateTable(table).set({ used: 1, bh }).where('h', '=', h).where('used', '=', 0).execute()
  const row = await tx.selectFrom(table).select(['used', 'bh']).where('h', '=', h).executeTakeFirst()
  if (!row) return 'code-unknown'
  if (row.used === 0) return 'issue-closed'
  return row.bh?.equals(bh) ? 'granted' : 'code-used'
}
