import { type Kysely, sql } from 'kysely'
import type { Lane } from '#protocol/lane'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { type BoxSchema, type IntakeStateTable, STAGES } from './box-schema.ts'
import { countRows } from './count-rows.ts'
import type { IntakeKey } from './intake-key.ts'
import {
  type BoxParts,
  currentKey,
  epochsOf,
  forgetIntake,
  intakeState,
  openRows,
  type RowsOf,
  shuffledIds,
  someAtATime,
} from './intake-rows.ts'
import { storeUnder } from './keep-group.ts'

/**
 * Seals a running campaign's rows anew, in random order, under the key of the next epoch, and throws the key before away: what
 * was copied of the database before stays closed for ever, and what order there was is gone. Deliveries go on meanwhile; broken
 * off it is finished by the next one. Answers whether there was anything to hide.
 *
 * Every row is written under the new key before any is deleted under the old one, and a ticket is spent once under the new key
 * like under the old, so that repeating it loses and doubles nothing.
 */
export async function reseal(parts: BoxParts, cid: Uint8Array, lanes: readonly Lane[]): Promise<boolean> {
  const { db } = parts
  const before = await intakeState(db, cid)
  if (before.stage !== STAGES.collecting) return false
  const kept = await countAll(db, cid)
  if (before.oldest === before.epoch) {
    if (kept === before.resealed) return false
    await beginEpoch(parts, before)
  }
  await finishResealing(parts, cid, lanes)
  await db.updateTable('intakes').set({ resealed: kept }).where('cid', '=', before.cid).execute()
  return true
}

/** Moves what still lies under earlier epochs. Throws, and deletes nothing, when a row is missing afterwards. */
export async function finishResealing(parts: BoxParts, cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
  const { db, keys } = parts
  const state = await intakeState(db, cid)
  const { epoch } = state
  if (state.oldest === epoch) return
  const key = currentKey(keys, state)
  for (const lane of lanes) {
    for await (const ids of someAtATime(await shuffledIds(db, { cid, lane }, epochsOf(state, 'before'))))
      await moveSome(parts, { cid, lane }, key, ids)
  }
  await refuseMissing(db, state, lanes)
  for (const lane of lanes) await forgetIntake(db, { cid, lane }, epochsOf(state, 'before'))
  await db.updateTable('intakes').set({ oldest: epoch }).where('cid', '=', state.cid).execute()
  keys.moveOn(cid, epoch)
}

/** From here on new rows come under the next key. */
async function beginEpoch({ db, keys }: BoxParts, state: IntakeStateTable): Promise<void> {
  const next = currentKey(keys, state).next()
  await db
    .updateTable('intakes')
    .set({ epoch: next.epoch, mark: next.mark })
    .where('cid', '=', state.cid)
    .where('epoch', '=', state.epoch)
    .execute()
}

async function moveSome(parts: BoxParts, { cid, lane }: RowsOf, key: IntakeKey, ids: readonly number[]): Promise<void> {
  const rows = await openRows(parts, { cid, lane }, ids)
  await allOrNothing(parts.db, (tx) => storeUnder(tx, key, lane, rows))
}

/**
 * As many rows under the new key as were counted, of one moment: what came later has a higher number. The lock waits for groups
 * that have a number and are not committed yet.
 */
async function refuseMissing(
  db: Kysely<BoxSchema>,
  { cid, epoch }: IntakeStateTable,
  lanes: readonly Lane[],
): Promise<void> {
  const { last, kept } = await allOrNothing(db, async (tx) => {
    await tx.selectFrom('intakes').select('epoch').where('cid', '=', cid).forUpdate().execute()
    const { rows } = await sql<{ last: number | null; kept: number }>`SELECT
      (SELECT max(id) FROM intake) AS last,
      (SELECT coalesce(sum(n), 0) FROM counts WHERE cid = ${cid}) AS kept`.execute(tx)
    return rows[0] ?? { last: null, kept: -1 }
  })
  let moved = 0
  for (const lane of lanes)
    moved += await countRows(db, { table: 'intake', column: 'id', cid, lane, epoch, upTo: last ?? 0 })
  if (moved !== kept) throw new Error(`${moved} rows sealed anew of ${kept}; nothing was deleted`)
}

async function countAll(db: Kysely<BoxSchema>, cid: Uint8Array): Promise<number> {
  const query = db.selectFrom('counts').select('n').where('cid', '=', Buffer.from(cid))
  return (await query.execute()).reduce((sum, { n }) => sum + n, 0)
}
