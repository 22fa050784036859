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

/** What a campaign's own tables may hold; anything more could be a time, an address or an order. */
const OF_CAMPAIGNS: readonly { readonly table: RegExp; readonly columns: string }[] = [
  { table: /^spent_[0-9a-f]{32}_\w+$/, columns: 'nf' },
  { table: /^box_[0-9a-f]{32}_\w+$/, columns: 'rid sealed' },
  { table: /^codes_[0-9a-f]{32}_\w+$/, columns: 'h used bh batch' },
]

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
    const own = row.type === 'table' ? OF_CAMPAIGNS.find(({ table }) => table.test(row.name)) : undefined
    if (own) foreign.push(...faultsOf(database, row, own.columns))
    else if (expected.get(key) !== row.sql) foreign.push(`${file}: ${key}`)
    expected.delete(key)
  }
  return [...foreign, ...[...expected.keys()].map((key) => `${file}: ${key} –`)]
}

function faultsOf(database: Database.Database, { name, sql: text }: SchemaRow, columns: string): string[] {
  const info = database.prepare('SELECT name FROM pragma_table_info(?)').all(name) as { name: string }[]
  const found = info.map((column) => column.name).join(' ')
  // a rowid counts upwards: it would be the order of arrival
  const ordered = /WITHOUT ROWID/i.test(text ?? '') ? [] : [`${name}: rowid`]
  return found === columns ? ordered : [...ordered, `${name}: ${found}`]
}

async function freshSchema(file: string): Promise<SchemaRow[]> {
  const fresh = await openDatabase(':memory:', MIGRATIONS[file] ?? {})
  const { rows } = await sql.raw<SchemaRow>(SCHEMA).execute(fresh)
  await fresh.destroy()
  return rows.filter(({ name }) => !name.startsWith('sqlite_autoindex'))
}
