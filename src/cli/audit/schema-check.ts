import type Database from 'better-sqlite3'
import { sql } from 'kysely'
import { ACT_DATABASE } from '#collector/acts/act-log'
import { BOX_DATABASE } from '#collector/box/box-schema'
import { FILES } from '#collector/installation/data-folder'
import { ISSUER_DATABASE } from '#collector/issuer/issuer-schema'
import { OFFICE_DATABASE } from '#collector/office/office-schema'
import type { DatabaseKind } from '#collector/storage/engine'
import { openDatabase } from '#collector/storage/open-database'

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

const KINDS: Readonly<Record<string, DatabaseKind>> = {
  [FILES.box]: BOX_DATABASE,
  [FILES.issuer]: ISSUER_DATABASE,
  [FILES.acts]: ACT_DATABASE,
  [FILES.office]: OFFICE_DATABASE,
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
  const kind = KINDS[file]
  if (!kind) return []
  const fresh = await openDatabase(':memory:', kind)
  const { rows } = await sql.raw<SchemaRow>(SCHEMA).execute(fresh.db)
  await fresh.db.destroy()
  return rows.filter(({ name }) => !name.startsWith('sqlite_autoindex'))
}
