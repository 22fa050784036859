import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { DatabaseKind, Engine } from './engine.ts'

function newer(name: string): string {
  return `the data of the ${name} was written by a newer version of this program; use that one`
}

/** Brings a database to this program's version; several processes may try at once. Throws for data of a newer one. */
export async function migrate<Schema>(db: Kysely<Schema>, kind: DatabaseKind, engine: Engine): Promise<void> {
  const provider = { getMigrations: async () => ({ ...kind.migrations(engine) }) }
  const tables = {
    migrationTableName: `${kind.name}_migrations`,
    migrationLockTableName: `${kind.name}_migrations_lock`,
  }
  const { error } = await new Migrator({ db, provider, ...tables }).migrateToLatest()
  if (error instanceof Error && error.message.includes('corrupted migrations'))
    throw new Error(newer(kind.name), { cause: error })
  if (error) throw error
}
