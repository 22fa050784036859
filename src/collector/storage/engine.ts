import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Where the two databases' SQL differs. Everything else is said once, through Kysely. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** The type of bytes. */
  readonly bytes: 'blob' | 'bytea'
  /** The type of a number that the database gives to each new row. */
  readonly serial: 'integer' | 'bigserial'
}

export const SQLITE: Engine = { name: 'sqlite', bytes: 'blob', serial: 'integer' }

export const POSTGRES: Engine = { name: 'postgres', bytes: 'bytea', serial: 'bigserial' }

/** The tables of one store, and how they come to be. Two stores may share a database. */
export interface DatabaseKind {
  /** Begins the names of the tables in which the migrations are kept. */
  readonly name: string
  migrations(engine: Engine): Readonly<Record<string, Migration>>
}

/** Copies a database's file to a new one. */
export type CopyTo = (file: string) => Promise<void>

/** An open database. */
export interface OpenDatabase<Schema> {
  readonly db: Kysely<Schema>
  readonly engine: Engine
  /** Copies a file, page by page, while others go on writing through `db`. Throws when there is a file already. Null where it is no file. */
  readonly copyTo: CopyTo | null
  /** Does a piece of work while nobody else, in whatever process, does work of that name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>
  /**
   * Resolves when nobody else holds this name, and holds it until the process ends or `end` is called. `lost` is told when the
   * database forgets that it is held.
   */
  hold(name: string, lost: () => void): Promise<void>
  end(): Promise<void>
  /** Gives back what deleted rows took up, where that does not happen by itself. */
  tidy(tables: readonly string[]): Promise<void>
}

/** Lays a table in the order of its primary key, where a database can: nothing counts upwards in it. */
export function inKeyOrder<Table extends string, Column extends string>(
  engine: Engine,
  table: CreateTableBuilder<Table, Column>,
): CreateTableBuilder<Table, Column> {
  return engine.name === 'sqlite' ? table.modifyEnd(sql`WITHOUT ROWID`) : table
}

/** What the database itself refuses, whoever writes to it with whatever program. */
interface Guard {
  readonly name: string
  readonly table: string
  /** E.g. `UPDATE OF state`. */
  readonly before: string
  /** SQL over OLD and NEW. */
  readonly when: string
  readonly says: string
}

/** Adds a guard. */
export async function addGuard(
  db: Kysely<unknown>,
  engine: Engine,
  { name, table, before, when, says }: Guard,
): Promise<void> {
  if (engine.name === 'sqlite') {
    await sql
      .raw(`CREATE TRIGGER ${name} BEFORE ${before} ON ${table} WHEN ${when} BEGIN SELECT RAISE(ABORT, '${says}'); END`)
      .execute(db)
    return
  }
  await sql
    .raw(
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF (${when}) THEN RAISE EXCEPTION '${says}'; END IF; RETURN ${before.startsWith('DELETE') ? 'OLD' : 'NEW'}; END $$`,
    )
    .execute(db)
  await sql
    .raw(`CREATE TRIGGER ${name} BEFORE ${before} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`)
    .execute(db)
}
