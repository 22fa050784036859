import type { Kysely } from 'kysely'
import { type MeasureRow, type MeasureRows, MOST_ROWS, type RowChange } from '#protocol/measures'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { MeasureRowTable, OfficeSchema } from './office-schema.ts'

/** What became of a change. */
export type RowSaved = MeasureRow | 'row-changed' | 'rows-full'

/** Changes of one person in one row within this time are one line of its history: typing is not history. */
const SAME_CHANGE_MS = 120_000

/** So many characters fewer are no correction: what was there stays in the history. */
const MOST_TAKEN_AWAY = 40

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
      const { most, live } = await own
        .select((eb) => [
          eb.fn.max('seq').as('most'),
          eb.fn.sum<number>(eb.case().when('removed', '=', 0).then(1).else(0).end()).as('live'),
        ])
        .executeTakeFirstOrThrow()
      if (!before && Number(live ?? 0) >= MOST_ROWS) return 'rows-full'
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
      await tx
        .insertInto('measure_history')
        .values({ ...row, at: (await goneOn(tx, before, row)) ?? row.at })
        .execute()
      return rowOf(row)
    })
  }
}

/**
 * Typing on in one row is one line of its history: the line before is taken out, and the new one begins when that began. What was
 * taken away stays in the history, however fast that was.
 */
async function goneOn(
  tx: Kysely<OfficeSchema>,
  before: MeasureRowTable | undefined,
  row: MeasureRowTable,
): Promise<string | null> {
  if (!before || before.by !== row.by || before.removed !== row.removed) return null
  if (row.content.length + MOST_TAKEN_AWAY < before.content.length) return null
  const line = tx.selectFrom('measure_history').select('at').where('cid', '=', row.cid).where('id', '=', row.id)
  const began = (await line.where('version', '=', before.version).executeTakeFirst())?.at
  if (!began || Date.parse(row.at) - Date.parse(began) >= SAME_CHANGE_MS) return null
  const gone = tx.deleteFrom('measure_history').where('cid', '=', row.cid).where('id', '=', row.id)
  await gone.where('version', '=', before.version).execute()
  return began
}

function rowOf({ id, version, seq, by, at, removed, content }: MeasureRowTable): MeasureRow {
  return { id, version, seq, by, at, removed: removed === 1, content: JSON.parse(content) }
}
