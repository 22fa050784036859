import type { Kysely, Transaction } from 'kysely'
import type { Lane } from '#protocol/lane'
import { ActRefused } from '../campaigns/act-refused.ts'
import { CAMPAIGN_STATES, takesAnswers } from '../campaigns/campaign-state.ts'
import type { BoxSchema, IntakeStateTable } from './box-schema.ts'
import type { IntakeKey, IntakeRow } from './intake-key.ts'
import type { IntakeKeys } from './intake-keys.ts'
import { currentKey, epochsOf } from './intake-rows.ts'

/** A verified delivery, ready to be stored. */
export interface Delivery {
  readonly cid: Uint8Array
  readonly lane: Lane
  /** Name of its ticket, 32 bytes. */
  readonly nf: Uint8Array
  /** Encapsulated key ‖ ciphertext. */
  readonly sealed: Uint8Array
}

/** Kept, whether the ticket was new or spent before; or too late. */
export type KeepOutcome = 'kept' | 'campaign-closed'

const OPEN_STATES = CAMPAIGN_STATES.filter(takesAnswers)

/**
 * Stores a group of deliveries in a transaction: of each ticket one response, whoever comes first. Where a campaign's key is
 * missing or wrong, its deliveries are answered by that error, and the others are stored.
 */
export async function keepGroup(
  tx: Transaction<BoxSchema>,
  keys: IntakeKeys,
  group: readonly Delivery[],
): Promise<readonly (KeepOutcome | ActRefused)[]> {
  // asked inside the transaction: what is acknowledged is among the receipts that closing publishes
  const open = await openIntakes(tx, group)
  const keyless = new Map<string, ActRefused>()
  for (const deliveries of byLane(group)) {
    const id = hex(deliveries[0].cid)
    const intake = open.get(id)
    if (!intake) continue
    const key = keyOrFault(keys, intake)
    if (key instanceof ActRefused) keyless.set(id, key)
    else await keepInLane(tx, { intake, keys, key }, deliveries)
  }
  return group.map(({ cid }) => keyless.get(hex(cid)) ?? (open.has(hex(cid)) ? 'kept' : 'campaign-closed'))
}

/** The campaign's key, with those of all epochs that a ticket may be spent under, or what is wrong with them. */
function keyOrFault(keys: IntakeKeys, intake: IntakeStateTable): IntakeKey | ActRefused {
  try {
    for (const epoch of epochsOf(intake, 'before')) keys.of(intake.cid, epoch)
    return currentKey(keys, intake)
  } catch (error) {
    if (error instanceof ActRefused) return error
    throw error
  }
}

/** How the open campaigns of these deliveries lie; of no other campaign. */
async function openIntakes(
  tx: Transaction<BoxSchema>,
  group: readonly Delivery[],
): Promise<ReadonlyMap<string, IntakeStateTable>> {
  const cids = [...new Map(group.map(({ cid }) => [hex(cid), Buffer.from(cid)])).values()]
  const open = await tx
    .selectFrom('campaigns')
    .innerJoin('intakes', 'intakes.cid', 'campaigns.cid')
    .selectAll('intakes')
    .where('campaigns.cid', 'in', cids)
    .where('campaigns.state', 'in', OPEN_STATES)
    // neither closed nor moved to another key before this group is committed
    .forShare()
    .execute()
  return new Map(open.map((intake) => [hex(intake.cid), intake]))
}

/** Deliveries of one lane, at least one; of two with one ticket the first one. */
type OfOneLane = readonly [Delivery, ...Delivery[]]

function byLane(group: readonly Delivery[]): OfOneLane[] {
  const lanes = new Map<string, Map<string, Delivery>>()
  for (const delivery of group) {
    const name = `${hex(delivery.cid)} ${delivery.lane}`
    const deliveries = lanes.get(name) ?? new Map<string, Delivery>()
    lanes.set(name, deliveries)
    if (!deliveries.has(hex(delivery.nf))) deliveries.set(hex(delivery.nf), delivery)
  }
  // in one order everywhere: two processes that wait for each other's rows would wait for ever
  const inOrder = [...lanes].sort(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([, deliveries]) => [...deliveries.values()] as unknown as OfOneLane)
}

interface Under {
  readonly intake: IntakeStateTable
  readonly keys: IntakeKeys
  readonly key: IntakeKey
}

async function keepInLane(tx: Transaction<BoxSchema>, under: Under, deliveries: OfOneLane): Promise<void> {
  const { key } = under
  const [{ cid, lane }] = deliveries
  const unspent = await notSpentBefore(tx, under, deliveries)
  const kept = await storeUnder(tx, key, lane, unspent)
  if (kept === 0) return
  await tx
    .updateTable('counts')
    .set((count) => ({ n: count('n', '+', kept) }))
    .where('cid', '=', Buffer.from(cid))
    .where('lane', '=', lane)
    .execute()
}

/** Stores rows under a key, of each ticket that is not spent under it the first one. Answers how many. */
export async function storeUnder(
  tx: Kysely<BoxSchema>,
  key: IntakeKey,
  lane: Lane,
  rows: readonly IntakeRow[],
): Promise<number> {
  const byTag = new Map(rows.map((row) => [hex(key.tag(row.nf)), row]))
  if (byTag.size === 0) return 0
  const place = { cid: Buffer.from(key.cid), lane, epoch: key.epoch }
  const fresh = await tx
    .insertInto('spent')
    .values([...byTag.keys()].sort().map((tag) => ({ ...place, tag: Buffer.from(tag, 'hex') })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('tag')
    .execute()
  const stored = fresh.flatMap(({ tag }) => byTag.get(hex(tag)) ?? [])
  if (stored.length === 0) return 0
  await tx
    .insertInto('intake')
    .values(stored.map((row) => ({ ...place, row: key.close(lane, row) })))
    .execute()
  return stored.length
}

/** While rows are being sealed anew, a ticket may still be spent under the key before. */
async function notSpentBefore(
  tx: Transaction<BoxSchema>,
  { intake, keys }: Under,
  deliveries: OfOneLane,
): Promise<readonly Delivery[]> {
  let left: readonly Delivery[] = deliveries
  for (let epoch = intake.oldest; epoch < intake.epoch && left.length > 0; epoch += 1) {
    const older = keys.of(intake.cid, epoch)
    const tags = new Map(left.map((delivery) => [hex(older.tag(delivery.nf)), delivery]))
    const spent = await tx
      .selectFrom('spent')
      .select('tag')
      .where('cid', '=', intake.cid)
      .where('lane', '=', deliveries[0].lane)
      .where('epoch', '=', epoch)
      .where(
        'tag',
        'in',
        [...tags.keys()].map((tag) => Buffer.from(tag, 'hex')),
      )
      .execute()
    for (const { tag } of spent) tags.delete(hex(tag))
    left = [...tags.values()]
  }
  return left
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
