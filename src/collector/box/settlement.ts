import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Lane } from '#protocol/lane'
import { ActRefused } from '../campaigns/act-refused.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import { type BoxSchema, type IntakeStateTable, STAGES } from './box-schema.ts'
import { countRows } from './count-rows.ts'
import { INTAKE_SIZES } from './intake-key.ts'
import {
  type BoxParts,
  currentKey,
  epochsOf,
  forgetIntake,
  forgetRows,
  intakeState,
  openRows,
  ROWS_AT_ONCE,
  type RowsOf,
  shuffledIds,
  someAtATime,
} from './intake-rows.ts'

/**
 * Settles a closed campaign of which nothing is being sealed anew: writes box and receipts, each in the order of its own random names, and holds the counts against
 * each other. What the rows lay under stays until `destroyIntake`. Broken off anywhere it is done again from its beginning and
 * loses nothing; done again on a settled campaign it does nothing. Throws an ActRefused when counts differ.
 */
export async function settle(parts: BoxParts, cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
  const { db, keys } = parts
  const id = Buffer.from(cid)
  await refuseOpen(db, id)
  const state = await intakeState(db, cid)
  if (state.stage !== STAGES.collecting) return
  currentKey(keys, state)
  for (const lane of lanes) {
    // of a settlement that was broken off
    await forgetRows(db, { cid, lane }, 'box', 'rid')
    await forgetRows(db, { cid, lane }, 'receipts', 'nf')
    await settleLane(parts, { cid, lane }, epochsOf(state, 'all'))
  }
  for (const lane of lanes) await refuseDifference(db, state, lane)
  await moveTo(db, id, STAGES.settled)
}

/** Destroys what a settled campaign's rows lay under, and its key. Throws an ActRefused for one that is not settled. */
export async function destroyIntake({ db, keys }: BoxParts, cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
  const state = await intakeState(db, cid)
  if (state.stage === STAGES.collecting) throw new ActRefused('this campaign is not settled', 'wrong-state')
  for (const lane of lanes) await forgetIntake(db, { cid, lane }, epochsOf(state, 'all'))
  keys.destroy(cid)
  await moveTo(db, Buffer.from(cid), STAGES.destroyed)
}

async function moveTo(db: Kysely<BoxSchema>, cid: Buffer, stage: 1 | 2): Promise<void> {
  await db.updateTable('intakes').set({ stage }).where('cid', '=', cid).execute()
}

async function refuseOpen(db: Kysely<BoxSchema>, cid: Buffer): Promise<void> {
  const row = await db.selectFrom('campaigns').select('state').where('cid', '=', cid).executeTakeFirst()
  if (!row || !isClosed(row.state)) throw new ActRefused('only a closed campaign is settled', 'wrong-state')
}

async function settleLane(parts: BoxParts, { cid, lane }: RowsOf, epochs: readonly number[]): Promise<void> {
  const { db } = parts
  const place = { cid: Buffer.from(cid), lane }
  const ids = await shuffledIds(db, { cid, lane }, epochs)
  const nfs = Buffer.alloc(ids.length * INTAKE_SIZES.nullifier)
  let noted = 0
  for await (const { names: rids, places } of inOrderOf(randomNames(ids.length), RID_BYTES)) {
    const some = places.map((at) => ids[at] as number)
    const rows = await openRows(parts, { cid, lane }, some)
    for (const { nf } of rows) {
      nfs.set(nf, noted)
      noted += INTAKE_SIZES.nullifier
    }
    // where a row is gone the counts will differ: told when all were read
    const boxed = rows.map(({ sealed }, at) => ({ ...place, rid: rids[at] as Buffer, sealed: Buffer.from(sealed) }))
    if (boxed.length > 0) await db.insertInto('box').values(boxed).execute()
  }
  for await (const { names } of inOrderOf(nfs.subarray(0, noted), INTAKE_SIZES.nullifier)) {
    await db
      .insertInto('receipts')
      .values(names.map((nf) => ({ ...place, nf })))
      .execute()
  }
}

const RID_BYTES = 16

function randomNames(count: number): Buffer {
  return randomBytes(count * RID_BYTES)
}

/** Names in the order of their bytes, and the place of each among those they were taken from. */
interface InOrder {
  readonly names: readonly Buffer[]
  readonly places: readonly number[]
}

/** Random names, packed one after the other, in the order of their bytes, some at a time. */
async function* inOrderOf(packed: Buffer, bytes: number): AsyncGenerator<InOrder> {
  const nameAt = (place: number) => packed.subarray(place * bytes, (place + 1) * bytes)
  const buckets: number[][] = Array.from({ length: 256 }, () => [])
  for (let place = 0; place < packed.length / bytes; place += 1) buckets[packed[place * bytes] ?? 0]?.push(place)
  let left: number[] = []
  // names are random: each bucket holds a 256th of them, and sorting one holds nobody up
  for (const [at, bucket] of buckets.entries()) {
    left.push(...bucket.sort((a, b) => nameAt(a).compare(nameAt(b))))
    if (left.length < ROWS_AT_ONCE && at < buckets.length - 1) continue
    for await (const places of someAtATime(left)) yield { places, names: places.map(nameAt) }
    left = []
  }
}

/** As many rows as receipts as spent tickets as were counted, or nothing is destroyed. */
async function refuseDifference(db: Kysely<BoxSchema>, { cid, epoch }: IntakeStateTable, lane: Lane): Promise<void> {
  const kept = await db
    .selectFrom('counts')
    .select('n')
    .where('cid', '=', cid)
    .where('lane', '=', lane)
    .executeTakeFirst()
  const counts = [
    await countRows(db, { table: 'box', column: 'rid', cid, lane }),
    await countRows(db, { table: 'receipts', column: 'nf', cid, lane }),
    await countRows(db, { table: 'spent', column: 'tag', cid, lane, epoch }),
    kept?.n ?? 0,
  ]
  if (new Set(counts).size === 1) return
  throw new ActRefused(
    `${lane}: ${counts.join(', ')} rows, receipts, spent tickets and counted responses differ; nothing was destroyed. Keep data and key, and ask for help`,
    'settlement-differs',
  )
}
