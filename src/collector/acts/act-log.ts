import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Act, ActName } from '#protocol/acts'
import { canonicalJson } from '#protocol/json'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { openDatabase } from '../storage/open-database.ts'

export interface ChainedAct {
  readonly act: Act
  /** SHA-256(previous hash ‖ canonical JSON), hex. */
  readonly hash: string
}

/** Whether the log is as it was written: `brokenAt` names the first act that does not follow from the one before. */
export interface ChainCheck {
  readonly count: number
  readonly head: string
  readonly brokenAt: number | null
}

interface ActTable {
  readonly n: number
  readonly act: string
  readonly hash: string
}

interface ActSchema {
  readonly acts: ActTable
}

export const ACT_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-acts': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('acts')
        .addColumn('n', 'integer', (column) => column.primaryKey())
        .addColumn('act', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .execute()
    },
  },
}

/** What the first act follows from. */
const GENESIS = '0'.repeat(64)

/**
 * The log of administrators' acts, each chained to the one before. The chain alone holds no secret: whoever can write to the
 * file can write all of it anew. What holds it are its heads, on every printed sheet, beside the receipts and in the holders'
 * browsers: a log written anew does not contain them.
 */
export class ActLog {
  readonly #db: Kysely<ActSchema>
  readonly #now: () => number

  private constructor(db: Kysely<ActSchema>, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** Opens (and creates) a log file. */
  static async open(file: string, now: () => number = Date.now): Promise<ActLog> {
    return new ActLog(await openDatabase<ActSchema>(file, ACT_MIGRATIONS), now)
  }

  /** Writes an act down: before it is done, so that nothing happens unlogged; what an audit relies on, when it was done. Answers the new head of the chain. */
  async write(act: Omit<Act, 'n' | 'at'>): Promise<string> {
    return allOrNothing(this.#db, (tx) => this.#append(tx, act))
  }

  async #append(tx: Kysely<ActSchema>, act: Omit<Act, 'n' | 'at'>): Promise<string> {
    const last = await tx.selectFrom('acts').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst()
    const n = (last?.n ?? 0) + 1
    const text = canonicalJson({ ...act, n, at: new Date(this.#now()).toISOString() } satisfies Act)
    const hash = chained(last?.hash ?? GENESIS, text)
    await tx.insertInto('acts').values({ n, act: text, hash }).execute()
    return hash
  }

  /** The same, unless earlier acts speak against it: decided in one transaction, so that of two at once one is refused. Null then. */
  async writeUnless(act: Omit<Act, 'n' | 'at'>, against: (earlier: readonly Act[]) => boolean): Promise<string | null> {
    return allOrNothing(this.#db, async (tx) => {
      const rows = await tx.selectFrom('acts').select('act').orderBy('n').execute()
      if (against(rows.map((row) => JSON.parse(row.act) as Act))) return null
      return this.#append(tx, act)
    })
  }

  /** The last act of a kind about a campaign, with its hash; null when there is none. */
  async last(act: ActName, campaign: string): Promise<ChainedAct | null> {
    const acts = await this.all()
    return acts.filter((one) => one.act.act === act && one.act.campaign === campaign).at(-1) ?? null
  }

  /** The head of the chain now. */
  async head(): Promise<string> {
    const last = await this.#db.selectFrom('acts').select('hash').orderBy('n', 'desc').limit(1).executeTakeFirst()
    return last?.hash ?? GENESIS
  }

  /** All acts, oldest first. */
  async all(): Promise<ChainedAct[]> {
    const rows = await this.#db.selectFrom('acts').selectAll().orderBy('n').execute()
    return rows.map(({ act, hash }) => ({ act: JSON.parse(act) as Act, hash }))
  }

  /** Follows the chain from its beginning. What was cut off at the end shows only to whoever noted the head. */
  async check(): Promise<ChainCheck> {
    const rows = await this.#db.selectFrom('acts').selectAll().orderBy('n').execute()
    let head = GENESIS
    for (const [index, { n, act, hash }] of rows.entries()) {
      if (n !== index + 1 || chained(head, act) !== hash) return { count: rows.length, head, brokenAt: index + 1 }
      head = hash
    }
    return { count: rows.length, head, brokenAt: null }
  }

  /** Writes a copy of the file. Throws when there is a file already. */
  async copyTo(file: string): Promise<void> {
    await sql`VACUUM INTO ${file}`.execute(this.#db)
  }

  /** Closes the file. */
  async end(): Promise<void> {
    await this.#db.destroy()
  }
}

function chained(previous: string, text: string): string {
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text).digest('hex')
}
