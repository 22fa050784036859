import type Database from 'better-sqlite3'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { ACT_MIGRATIONS } from '#collector/acts/act-log'
import { BOX_MIGRATIONS } from '#collector/box/box-schema'
import { FILES } from '#collector/installation/data-folder'
import { ISSUER_MIGRATIONS } from '#collector/issuer/issuer-schema'
import { OFFICE_MIGRATIONS } from '#collector/office/office-schema'
import { openDatabase } from '#collector/storage/open-database'

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

const MIGRATIONS: Readonly<Record<string, Readonly<Record<string, Migration>>>> = {
  [FILES.box]: BOX_MIGRATIONS,
  [FILES.issuer]: ISSUER_MIGRATIONS,
  [FILES.acts]: ACT_MIGRATIONS,
  [FILES.office]: OFFICE_MIGRATIONS,
}

const SCHEMA = 'SELECT type, name, sql FROM sqlite_master ORDER BY type, name'

/**
 * What in a database file is not as this program makes it: a table, column, index, view or trigger too many, or a guard
 * that is gone. Compared with a fresh database of the same version.
 */
export async function foreignParts(file: string, database: Database.Database): Promise<string[]> {
  const expected = new Map((await freshSchema(file)).map((row) => [`${row.type} ${row.name}`, row.sql]))
  const found = (database.prepare(SCHEMA).all() as SchemaRow[]).filter(
    ({ name }) => !name.startsWith('sqlite_autoindex'),
  )
  const foreign: string[] = []
  for (const row of found) {
    const key = `${row.type} ${row.name}`
    if (expected.get(key) !== row.sql) foreign.push(`${file}: ${key}`)
    expected.delete(key)
  }
  return [...foreign, ...[...expected.keys()].map((key) => `${file}: ${key} –`)]
}

async function freshSchema(file: string): Promise<SchemaRow[]> {
  const fresh = await openDatabase(':memory:', MIGRATIONS[file] ?? {})
  const { rows } = await sql.raw<SchemaRow>(SCHEMA).execute(fresh.db)
  await fresh.db.destroy()
  return rows.filter(({ name }) => !name.startsWith('sqlite_autoindex'))
}
