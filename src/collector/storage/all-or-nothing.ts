import type { ControlledTransaction, Kysely } from 'kysely'

/**
 * Runs a transaction and rethrows what really went wrong. SQLite rolls back by itself when the disk is full; Kysely's own
 * `transaction()` then fails to roll back again, and its error would hide that the disk is full.
 */
export async function allOrNothing<Schema, R>(
  db: Kysely<Schema>,
  work: (tx: ControlledTransaction<Schema>) => Promise<R>,
): Promise<R> {
  const tx = await db.startTransaction().execute()
  try {
    const result = await work(tx)
    await tx.commit().execute()
    return result
  } catch (error) {
    await tx
      .rollback()
      .execute()
      .catch(() => undefined)
    throw error
  }
}
