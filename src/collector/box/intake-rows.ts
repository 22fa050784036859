import { randomInt } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Lane } from '#protocol/lane'
import { ActRefused } from '../campaigns/act-refused.ts'
import { inSteps } from '../storage/in-steps.ts'
import type { BoxSchema, IntakeStateTable } from './box-schema.ts'
import type { IntakeKey, IntakeRow } from './intake-key.ts'
import type { IntakeKeys } from './intake-keys.ts'

/** A box's database, and the keys that its running campaigns lie under. */
export interface BoxParts {
  readonly db: Kysely<BoxSchema>
  readonly keys: IntakeKeys
}

/** Ids of one look. */
const IDS = 20_000

/** Rows that are read, opened and written before others have their turn: about ten milliseconds. */
export const ROWS_AT_ONCE = 64

/** How a campaign's responses lie. Throws an ActRefused when there is no such campaign. */
export async function intakeState(db: Kysely<BoxSchema>, cid: Uint8Array): Promise<IntakeStateTable> {
  const query = db.selectFrom('intakes').selectAll().where('cid', '=', Buffer.from(cid))
  const state = await query.executeTakeFirst()
  if (!state) throw new ActRefused('this campaign is gone: somebody threw the draft away', 'wrong-state')
  return state
}

/** The key of an epoch, held against what the database says of it. Throws an ActRefused for another one. */
export function currentKey(keys: IntakeKeys, { cid, epoch, mark }: IntakeStateTable): IntakeKey {
  const key = keys.of(cid, epoch)
  if (key.mark.equals(mark)) return key
  throw new ActRefused(
    `the intake key of campaign ${cid.toString('base64url')} is another one than its data was sealed with; put the right file there`,
    'intake-key',
  )
}

/** The rows of a lane. */
export interface RowsOf {
  readonly cid: Uint8Array
  readonly lane: Lane
}

/** The numbers of all rows of a lane that lie under these epochs, in random order. */
export async function shuffledIds(
  db: Kysely<BoxSchema>,
  { cid, lane }: RowsOf,
  epochs: readonly number[],
): Promise<number[]> {
  const ids: number[] = []
  for (const epoch of epochs) {
    for (let after = -1; ; ) {
      // one epoch at a time: so the index gives them in order, and nothing is sorted
      const query = db
        .selectFrom('intake')
        .select('id')
        .where('cid', '=', Buffer.from(cid))
        .where('lane', '=', lane)
        .where('epoch', '=', epoch)
        .where('id', '>', after)
      const page = await query.orderBy('id').limit(IDS).execute()
      for (const { id } of page) ids.push(id)
      const last = page.at(-1)
      if (!last || page.length < IDS) break
      after = last.id
    }
  }
  await shuffle(ids)
  return ids
}

/** Fisher–Yates, with turns for others: a million draws are a third of a second. */
async function shuffle(ids: number[]): Promise<void> {
  for (let index = ids.length - 1; index > 0; index -= 1) {
    if (index % IDS === 0) await nextTurn()
    const other = randomInt(index + 1)
    const [a, b] = [ids[index] as number, ids[other] as number]
    ids[index] = b
    ids[other] = a
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** An opened row and its number. */
export interface NumberedRow extends IntakeRow {
  readonly id: number
}

/** Rows by their numbers, opened, in the order of the numbers given; those that are gone are left out. */
export async function openRows(
  { db, keys }: BoxParts,
  { cid, lane }: RowsOf,
  ids: readonly number[],
): Promise<NumberedRow[]> {
  const found = await db.selectFrom('intake').select(['id', 'epoch', 'row']).where('id', 'in', ids).execute()
  const byId = new Map(found.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const stored = byId.get(id)
    return stored ? [{ id, ...keys.of(cid, stored.epoch).open(lane, stored.row) }] : []
  })
}

/** Deletes rows and spent tickets of a lane that lie under these epochs, some at a time. */
export async function forgetIntake(
  db: Kysely<BoxSchema>,
  { cid, lane }: RowsOf,
  epochs: readonly number[],
): Promise<void> {
  for (const epoch of epochs) {
    for (const [table, column] of [
      ['intake', 'id'],
      ['spent', 'tag'],
    ] as const) {
      const name = sql.ref<Buffer>(column)
      await inSteps(async (limit) => {
        const some = ofEpoch(db, { cid, lane, epoch }, table).select(name.as('name')).limit(limit)
        const query = db
          .deleteFrom(table as 'spent')
          .where('cid', '=', Buffer.from(cid))
          .where('lane', '=', lane)
          .where('epoch', '=', epoch)
        return (await query.where(name, 'in', some).executeTakeFirst()).numDeletedRows
      })
    }
  }
}

/** The epochs under which rows may lie: all of a campaign's, or those before the present one. */
export function epochsOf({ oldest, epoch }: IntakeStateTable, which: 'all' | 'before'): number[] {
  const last = which === 'all' ? epoch : epoch - 1
  return Array.from({ length: last - oldest + 1 }, (_, at) => oldest + at)
}

function ofEpoch(
  db: Kysely<BoxSchema>,
  { cid, lane, epoch }: RowsOf & { readonly epoch: number },
  table: 'intake' | 'spent',
) {
  // both tables have these three columns; Kysely takes one table's name at a time
  const query = db.selectFrom(table as 'spent').where('cid', '=', Buffer.from(cid))
  return query.where('lane', '=', lane).where('epoch', '=', epoch)
}

/** Deletes a lane's settled rows, some at a time. */
export async function forgetRows(
  db: Kysely<BoxSchema>,
  { cid, lane }: RowsOf,
  table: 'box' | 'receipts',
  name: 'rid' | 'nf',
): Promise<void> {
  const column = sql.ref<Buffer>(name)
  await inSteps(async (limit) => {
    const some = db
      .selectFrom(table)
      .select(column.as('name'))
      .where('cid', '=', Buffer.from(cid))
      .where('lane', '=', lane)
      .limit(limit)
    const query = db
      .deleteFrom(table)
      .where('cid', '=', Buffer.from(cid))
      .where('lane', '=', lane)
      .where(column, 'in', some)
    return (await query.executeTakeFirst()).numDeletedRows
  })
}

/** Some of a list at a time, with a turn for others before each. */
export async function* someAtATime<T>(all: readonly T[], size = ROWS_AT_ONCE): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) {
    await nextTurn()
    yield all.slice(start, start + size)
  }
}
