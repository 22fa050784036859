import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type DatabaseKind, type OpenDatabase, POSTGRES } from './engine.ts'
import { migrate } from './migrate.ts'
import { Turns } from './turns.ts'

/** Connections of one process to one database. */
const MOST_CONNECTIONS = 8

/** Locks that one process holds, or waits for, at a time. */
const MOST_LOCKS = 4

/** How long a connection may take to come, ms; whoever waits is told to come again. */
const CONNECT_MS = 5000

/** Oldest PostgreSQL that is tried, as the server numbers it. */
const OLDEST = 150_000

/** PostgreSQL's number of the type bigint. */
const BIGINT = 20

/**
 * Opens a PostgreSQL database. Throws when it is too old, does not speak UTF-8, notes the time of commits,
 * or would be used with more rights than needed; when it cannot be reached, what the driver says, without the password.
 */
export async function openPostgres<Schema>(url: string, kind: DatabaseKind): Promise<OpenDatabase<Schema>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'prongsai',
    // counts are numbers here: none comes near 2^53
    types: { getTypeParser: (oid, format) => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) as never },
  })
  surviveBreaks(pool)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const turns = new Turns()
  const held = new HeldLocks(url)
  // connections of their own: whoever holds a lock needs another one for its work
  const locks = new pg.Pool({ connectionString: url, max: MOST_LOCKS, connectionTimeoutMillis: CONNECT_MS })
  surviveBreaks(locks)
  try {
    await refuseUnfit(db, new URL(url).pathname.slice(1))
    await migrate(db, kind, POSTGRES)
  } catch (error) {
    await db.destroy()
    await locks.end()
    throw error
  }
  return {
    db,
    engine: POSTGRES,
    hold: (name, lost) => held.take(name, lost),
    async end() {
      await held.letGo()
      await db.destroy()
      await locks.end()
    },
    copyTo: null,
    // within this process first: waiting here costs no connection
    exclusively: (name, work) => turns.next(name, () => withLock(locks, name, work)),
    async tidy(tables) {
      for (const table of tables) await sql`VACUUM ${sql.table(table)}`.execute(db)
    },
  }
}

/**
 * A connection that breaks, idle or in use, is replaced by the next one; whoever was using it is told by its own query. Without
 * this the process would end.
 */
function surviveBreaks(pool: pg.Pool): void {
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
}

interface Facts {
  readonly version: string
  readonly encoding: string
  readonly commits: string
  readonly superuser: boolean
}

async function refuseUnfit<Schema>(db: Kysely<Schema>, name: string): Promise<void> {
  const { rows } = await sql<Facts>`SELECT current_setting('server_version_num') AS version,
    current_setting('server_encoding') AS encoding, current_setting('track_commit_timestamp') AS commits,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser`.execute(db)
  const [facts] = rows
  if (!facts) throw new Error(`the database ${name} says nothing of itself`)
  if (Number(facts.version) < OLDEST) throw new Error('PostgreSQL 15 or newer is needed')
  if (facts.encoding !== 'UTF8')
    throw new Error(`the database ${name} is kept in ${facts.encoding}; make it anew with ENCODING 'UTF8'`)
  if (facts.commits !== 'off')
    throw new Error('track_commit_timestamp is on: the server notes when each response came; set it to off')
  if (facts.superuser)
    throw new Error(
      `the role for the database ${name} is a superuser; make one that owns this database and nothing else`,
    )
}

/** Advisory locks that are kept as long as the process lives, each on a connection of its own. */
class HeldLocks {
  readonly #url: string
  readonly #clients: pg.Client[] = []
  #isEnding = false

  constructor(url: string) {
    this.#url = url
  }

  async take(name: string, lost: () => void): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true })
    this.#clients.push(client)
    await client.connect()
    const tell = () => {
      if (!this.#isEnding) lost()
    }
    client.on('error', tell)
    client.on('end', tell)
    await client.query('SELECT pg_advisory_lock($1::bigint)', [lockKey(name)])
  }

  async letGo(): Promise<void> {
    this.#isEnding = true
    await Promise.allSettled(this.#clients.map((client) => client.end()))
  }
}

function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString()
}

/** An advisory lock on a connection of its own; the server lets go of it when the process dies. */
async function withLock<T>(locks: pg.Pool, name: string, work: () => Promise<T>): Promise<T> {
  const key = lockKey(name)
  const connection = await locks.connect()
  try {
    await connection.query('SELECT pg_advisory_lock($1::bigint)', [key])
    return await work()
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1::bigint)', [key]).then(
      () => connection.release(),
      (error: Error) => connection.release(error),
    )
  }
}
