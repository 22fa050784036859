import { chmodSync, existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

/** An open database file. */
export interface OpenDatabase<Schema> {
  readonly db: Kysely<Schema>
  /** Copies the file, page by page, while others go on writing through `db`. Throws when there is a file already. */
  copyTo(file: string): Promise<void>
}

/** So many pages are copied before whoever waits has a turn: about ten milliseconds. */
const PAGES_AT_ONCE = 500

/** How often a copy may begin anew in small pieces. */
const MOST_BEGINNINGS = 5

/**
 * Opens one database file: never WAL, whose frames would keep in order what was stored; full synchronisation; deleted bytes
 * overwritten. With a quota the file refuses to grow further, long before the disk that others share is full.
 */
export async function openDatabase<Schema>(
  file: string,
  migrations: Readonly<Record<string, Migration>>,
  quotaBytes?: number,
): Promise<OpenDatabase<Schema>> {
  const database = new Database(file)
  if (file !== ':memory:') chmodSync(file, 0o600)
  for (const pragma of [
    'busy_timeout = 5000',
    // several sealed rows must fit into a page: overflow pages would be twice as many reads
    'page_size = 8192',
    'journal_mode = TRUNCATE',
    'synchronous = FULL',
    'secure_delete = ON',
    'trusted_schema = OFF',
    'temp_store = MEMORY',
  ]) {
    database.pragma(pragma)
  }
  if (quotaBytes !== undefined) {
    const pageBytes = Number(database.pragma('page_size', { simple: true }))
    database.pragma(`max_page_count = ${Math.floor(quotaBytes / pageBytes)}`)
  }
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
  await migrate(db, migrations)
  return { db, copyTo: (target) => copyPages(database, target) }
}

/**
 * Through the connection that writes: SQLite takes its changes over into the copy. Another process that writes meanwhile makes
 * it begin anew, so after a few beginnings the rest is copied at once, and that process waits.
 */
async function copyPages(database: Database.Database, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} is there already`)
  let [least, begunAnew] = [Number.POSITIVE_INFINITY, 0]
  await database.backup(target, {
    progress({ remainingPages }) {
      // growing by a few pages is no new beginning
      if (remainingPages > least + PAGES_AT_ONCE) begunAnew += 1
      least = remainingPages
      return begunAnew < MOST_BEGINNINGS ? PAGES_AT_ONCE : remainingPages
    },
  })
}

async function migrate<Schema>(db: Kysely<Schema>, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrations }) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}
