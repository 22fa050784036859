import type { Kysely } from 'kysely'
import { type MeasureRow, type MeasureRows, MOST_ROWS, type RowChange } from '#protocol/measures'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { MeasureRowTable, OfficeSchema } from './office-schema.ts'

/** What became of a change. */
export type RowSaved = MeasureRow | 'row-changed' | 'rows-full'

/** Changes of one person in one row within this time are one line of its history: typing is not history. */
const SAME_CHANGE_MS = 120_000

/** As many lines of history as a page can show. */
const MOST_CHANGES = 300

/** The rows of a round's action plan: each with a version of its own, so that two people at once lose nothing. */
export class MeasureRowStore {
  readonly #db: Kysely<OfficeSchema>

  constructor(db: Kysely<OfficeSchema>) {
    this.#db = db
  }

  /** Rows of a round that changed after `seq`, removed ones too; 0 for all. */
  async after(cid: string, seq: number): Promise<MeasureRows> {
    const rows = await this.#db
      .selectFrom('measure_rows')
      .selectAll()
      .where('cid', '=', cid)
      .where('seq', '>', seq)
      .orderBy('seq')
      .execute()
    return { seq: rows[rows.length - 1]?.seq ?? seq, rows: rows.map(rowOf) }
  }

  /** The latest changes of a round, the latest first. */
  async history(cid: string): Promise<MeasureRow[]> {
    const query = this.#db.selectFrom('measure_history').selectAll().where('cid', '=', cid)
    return (await query.orderBy('seq', 'desc').limit(MOST_CHANGES).execute()).map(rowOf)
  }

  /** Saves a row over the version that was read, and what it says in its history. */
  save(cid: string, change: RowChange, { by, now }: { readonly by: string; readonly now: number }): Promise<RowSaved> {
    return allOrNothing(this.#db, async (tx) => {
      const own = tx.selectFrom('measure_rows').where('cid', '=', cid)
      const before = await own.selectAll().where('id', '=', change.id).executeTakeFirst()
      if ((before?.version ?? 0) !== change.version) return 'row-changed'
      const { most, count } = await own
        .select((eb) => [eb.fn.max('seq').as('most'), eb.fn.countAll<number>().as('count')])
        .executeTakeFirstOrThrow()
      if (!before && count >= MOST_ROWS) return 'rows-full'
      const row: MeasureRowTable = {
        ...{ cid, id: change.id, by, version: change.version + 1, seq: (most ?? 0) + 1 },
        ...{ at: new Date(now).toISOString(), removed: change.removed ? 1 : 0 },
        content: JSON.stringify(change.content),
      }
      await tx
        .insertInto('measure_rows')
        .values(row)
        .onConflict((conflict) => conflict.columns(['cid', 'id']).doUpdateSet(row))
        .execute()
      if (before && before.by === by && before.removed === row.removed && now - Date.parse(before.at) < SAME_CHANGE_MS)
        await tx
          .deleteFrom('measure_history')
          .where('cid', '=', cid)
          .where('id', '=', row.id)
          .where('version', '=', before.version)
          .execute()
      await tx.insertInto('measure_history').values(row).execute()
      return rowOf(row)
    })
  }
}

function rowOf({ id, version, seq, by, at, removed, content }: MeasureRowTable): MeasureRow {
  return { id, version, seq, by, at, removed: removed === 1, content: JSON.parse(content) }
}
