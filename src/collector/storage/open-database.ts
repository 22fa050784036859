import { chmodSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

/**
 * Opens one database file with the rules that keep it free of order and time (protocol.md, "Storage"):
 * never WAL, whose frames would pair what was stored together; full synchronisation; deleted bytes overwritten.
 * With a quota the file refuses to grow further, long before the disk that others share is full.
 */
export async function openDatabase<Schema>(
  file: string,
  migrations: Readonly<Record<string, Migration>>,
  quotaBytes?: number,
): Promise<Kysely<Schema>> {
  const database = new Database(file)
  if (file !== ':memory:') chmodSync(file, 0o600)
  for (const pragma of [
    'busy_timeout = 5000',
    // a sealed row must fit into a page: overflow pages would be appended in the order of arrival
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
  return db
}

async function migrate<Schema>(db: Kysely<Schema>, migrations: Readonly<Record<string, Migration>>): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrations }) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}
