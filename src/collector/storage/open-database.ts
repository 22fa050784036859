import type { DatabaseKind, OpenDatabase } from './engine.ts'
import { openPostgres } from './open-postgres.ts'
import { openSqlite } from './open-sqlite.ts'

/** Whether a place is a PostgreSQL address, and not a file. */
export function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place)
}

/** Opens a database: a file, or a PostgreSQL address. */
export function openDatabase<Schema>(
  place: string,
  kind: DatabaseKind,
  quotaBytes?: number,
): Promise<OpenDatabase<Schema>> {
  return isPostgres(place) ? openPostgres<Schema>(place, kind) : openSqlite<Schema>(place, kind, quotaBytes)
}
