import { type Kysely, sql } from 'kysely'
import type { BoxSchema } from './box-schema.ts'
import type { RowsOf } from './intake-rows.ts'

/** Rows that are counted at a time. */
const STEP = 10_000

/** Which rows are counted: a table, and the last column of the key that they lie in the order of. */
interface Counted extends RowsOf {
  readonly table: 'box' | 'receipts' | 'spent' | 'intake'
  readonly column: 'rid' | 'nf' | 'tag' | 'id'
  /** Of tables that have epochs. */
  readonly epoch?: number
  /** Up to this number only. */
  readonly upTo?: number
}

/** Counts rows some thousands at a time, so that others have their turn in between. Right where none of them goes meanwhile. */
export async function countRows(db: Kysely<BoxSchema>, counted: Counted): Promise<number> {
  const column = sql.ref<Buffer | number>(counted.column)
  let from = null as Buffer | number | null
  for (let count = 0; ; count += STEP) {
    const bound = from
    const query = rowsOf(db, counted).$if(bound !== null, (rows) => rows.where(column, '>=', bound as Buffer))
    const next = await query.select(column.as('name')).orderBy(column).offset(STEP).limit(1).executeTakeFirst()
    if (!next) {
      const rest = await query.select((row) => row.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
      return count + rest.n
    }
    from = next.name
  }
}

function rowsOf(db: Kysely<BoxSchema>, { table, cid, lane, epoch, upTo }: Counted) {
  // all of them have these columns; Kysely takes one table's name at a time
  return db
    .selectFrom(table as 'spent')
    .where('cid', '=', Buffer.from(cid))
    .where('lane', '=', lane)
    .$if(epoch !== undefined, (rows) => rows.where('epoch', '=', epoch ?? 0))
    .$if(upTo !== undefined, (rows) => rows.where(sql.ref<number>('id'), '<=', upTo ?? 0))
}
