import { createHash } from 'node:crypto'
import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Act, ActName } from '#protocol/acts'
import { canonicalJson } from '#protocol/json'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { CopyTo, DatabaseKind, OpenDatabase } from '../storage/engine.ts'
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
  /** What the act's text says, to find it by: nothing but the text is chained and believed. */
  readonly name: ActName
  readonly campaign: string | null
}

interface ActSchema {
  readonly acts: ActTable
}

export const ACT_DATABASE: DatabaseKind = {
  name: 'acts',
  migrations: () => ({
    '0001-acts': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('acts')
          .addColumn('n', 'integer', (column) => column.primaryKey())
          .addColumn('act', 'text', (column) => column.notNull())
          .addColumn('hash', 'text', (column) => column.notNull())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('campaign', 'text')
          .execute()
        await db.schema.createIndex('acts_by_campaign').on('acts').columns(['campaign', 'name', 'n']).execute()
      },
    },
  }),
}

/** Rows of one look. */
const PAGE = 1000

/** What the first act follows from. */
const GENESIS = '0'.repeat(64)

/**
 * The log of administrators' acts, each chained to the one before. The chain alone holds no secret: whoever can write to the
 * file can write all of it anew. What holds it are its heads, on every printed sheet, beside the receipts and in the holders'
 * browsers: a log written anew does not contain them.
 */
export class ActLog {
  readonly #database: OpenDatabase<ActSchema>
  readonly #db: Kysely<ActSchema>
  readonly #now: () => number
  /** Writes a copy of the file. Throws when there is a file already. Null where it lies in PostgreSQL. */
  readonly copyTo: CopyTo | null

  private constructor(database: OpenDatabase<ActSchema>, now: () => number) {
    const { db, copyTo } = database
    this.#database = database
    this.#db = db
    this.#now = now
    this.copyTo = copyTo
  }

  /** Opens (and creates) a log: a file, or in a PostgreSQL database. */
  static async open(place: string, now: () => number = Date.now): Promise<ActLog> {
    return new ActLog(await openDatabase<ActSchema>(place, ACT_DATABASE), now)
  }

  /** Writes an act down: before it is done, so that nothing happens unlogged; what an audit relies on, when it was done. Answers the new head of the chain. */
  async write(act: Omit<Act, 'n' | 'at'>): Promise<string> {
    return this.#exclusively(() => allOrNothing(this.#db, (tx) => this.#append(tx, act)))
  }

  /** Each act follows from the one before: nobody else may write one meanwhile, in whatever process. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.exclusively('acts', work)
  }

  async #append(tx: Kysely<ActSchema>, act: Omit<Act, 'n' | 'at'>): Promise<string> {
    const last = await tx.selectFrom('acts').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst()
    const n = (last?.n ?? 0) + 1
    const text = canonicalJson({ ...act, n, at: new Date(this.#now()).toISOString() } satisfies Act)
    const hash = chained(last?.hash ?? GENESIS, text)
    const found = { name: act.act, campaign: act.campaign ?? null }
    await tx
      .insertInto('acts')
      .values({ n, act: text, hash, ...found })
      .execute()
    return hash
  }

  /** The same, unless earlier acts about that campaign (or about none) speak against it: decided in one transaction, so that of two at once one is refused. Null then. */
  async writeUnless(act: Omit<Act, 'n' | 'at'>, against: (earlier: readonly Act[]) => boolean): Promise<string | null> {
    return this.#exclusively(() =>
      allOrNothing(this.#db, async (tx) => {
        if (against((await actsAbout(tx, act.campaign)).map((earlier) => earlier.act))) return null
        return this.#append(tx, act)
      }),
    )
  }

  /** All acts about a campaign, or about none, oldest first. */
  about(campaign: string | undefined): Promise<ChainedAct[]> {
    return actsAbout(this.#db, campaign)
  }

  /** The last act of a kind about a campaign, or about none, with its hash; null when there is none. */
  async last(act: ActName, campaign?: string): Promise<ChainedAct | null> {
    const query = this.#db
      .selectFrom('acts')
      .select(['act', 'hash'])
      .where('name', '=', act)
      .where(aboutCampaign(campaign))
    const row = await query.orderBy('n', 'desc').limit(1).executeTakeFirst()
    return row ? { act: JSON.parse(row.act) as Act, hash: row.hash } : null
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
    let [count, head, brokenAt] = [0, GENESIS, null as number | null]
    for await (const { n, hash, ...row } of this.#rows()) {
      count += 1
      if (brokenAt === null && (n !== count || chained(head, row.act) !== hash || !isFiledRight(row))) brokenAt = count
      if (brokenAt === null) head = hash
    }
    return { count, head, brokenAt }
  }

  /** A page at a time: years of many rounds are more than one look should hold up. */
  async *#rows(): AsyncGenerator<ActTable> {
    for (let after = 0; ; ) {
      const page = await this.#db
        .selectFrom('acts')
        .selectAll()
        .where('n', '>', after)
        .orderBy('n')
        .limit(PAGE)
        .execute()
      yield* page
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      after = last.n
    }
  }

  /** Closes the file. */
  async end(): Promise<void> {
    await this.#database.end()
  }
}

function aboutCampaign(campaign: string | undefined) {
  return ({ eb }: ExpressionBuilderOf) =>
    campaign === undefined ? eb('campaign', 'is', null) : eb('campaign', '=', campaign)
}

async function actsAbout(db: Kysely<ActSchema>, campaign: string | undefined): Promise<ChainedAct[]> {
  const query = db.selectFrom('acts').select(['act', 'hash']).where(aboutCampaign(campaign))
  return (await query.orderBy('n').execute()).map(({ act, hash }) => ({ act: JSON.parse(act) as Act, hash }))
}

type ExpressionBuilderOf = { readonly eb: ExpressionBuilder<ActSchema, 'acts'> }

/** An act that cannot be found by what it says would be as good as gone. */
function isFiledRight({ act, name, campaign }: Pick<ActTable, 'act' | 'name' | 'campaign'>): boolean {
  const said = JSON.parse(act) as Act
  return said.act === name && (said.campaign ?? null) === campaign
}

function chained(previous: string, text: string): string {
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text).digest('hex')
}
