import type { Kysely } from 'kysely'
import type { Lane } from '#protocol/lane'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { BatchTable, CodeTable, IssuerSchema } from './issuer-schema.ts'

/** One printing and how far it was used. */
export interface SlipBatch {
  readonly lane: Lane
  readonly batch: number
  readonly kind: BatchTable['kind']
  readonly printed: number
  readonly voided: boolean
  readonly exchanged: number
  /** Id of the unit it is for; '' for everybody. */
  readonly unit: string
}

/** What is printed, and how many there may be. */
export interface NewPrinting {
  readonly kind: BatchTable['kind']
  readonly unit: string
  /** Of this kind for this unit. */
  readonly most: number
  /** Of this kind in the lane. */
  readonly mostInLane: number
}

/** Bytes of a hash of blinded messages. */
const HASH_BYTES = 32

/** Codes that tablets and posters bring belong to no printing. */
export const NO_PRINTING = 0

/** Rows of one INSERT; SQLite takes 32,766 values in a statement. */
const CHUNK = 1000

/** Printings of slips: codes as hashes, and how many of each printing were exchanged. */
export class SlipBatches {
  readonly #db: Kysely<IssuerSchema>

  constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
  }

  /**
   * Adds the hashes of freshly printed codes as a new printing, and answers why not: when the main printing of this lane, or
   * of this unit, is still valid, or when there would be more slips than people (spare ones: than `mostSpareSlips`). What a voided printing gave
   * out counts, because those people have their tickets.
   */
  async add(
    cid: Uint8Array,
    lane: Lane,
    { kind, unit, most, mostInLane }: NewPrinting,
    hashes: readonly Uint8Array[],
  ): Promise<'added' | 'printed-already' | 'too-many'> {
    return allOrNothing(this.#db, async (tx) => {
      // one printing after the other, also of two processes: the lane's keys are there as long as it prints
      await tx
        .selectFrom('keys')
        .select('lane')
        .where('cid', '=', Buffer.from(cid))
        .where('lane', '=', lane)
        .forUpdate()
        .execute()
      const known = (await batchesOf(tx, cid, lane)).filter((one) => one.kind === kind)
      const same = known.filter((one) => one.unit === unit)
      // everybody's envelope and a unit's own would give some people two slips
      const inTheWay = known.filter((one) => !one.voided && (one.unit === unit || one.unit === '' || unit === ''))
      if (kind === 'main' && inTheWay.length > 0) return 'printed-already'
      if (slipsInForce(same) + hashes.length > most) return 'too-many'
      if (slipsInForce(known) + hashes.length > mostInLane) return 'too-many'
      const all = await batchesOf(tx, cid, lane)
      const batch = Math.max(0, ...all.map((one) => one.batch)) + 1
      const counts = { printed: hashes.length, voided: 0 as const, exchanged: 0 }
      await tx
        .insertInto('batches')
        .values({ cid: Buffer.from(cid), lane, batch, kind, unit, ...counts })
        .execute()
      const rows = hashes.map((h) => unusedCode(cid, lane, { h, batch }))
      for (let start = 0; start < rows.length; start += CHUNK) {
        await tx
          .insertInto('codes')
          .values(rows.slice(start, start + CHUNK))
          .execute()
      }
      return 'added'
    })
  }

  /** Adds codes that a tablet shows to visitors. They belong to no printing; the tablet's own count holds them. Twice is once. */
  async addForTablet(cid: Uint8Array, lane: Lane, hashes: readonly Uint8Array[]): Promise<void> {
    const rows = hashes.map((h) => unusedCode(cid, lane, { h, batch: NO_PRINTING }))
    await this.#db
      .insertInto('codes')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** Voids a printing: its unused codes are deleted. What was exchanged already stays valid. Null when there is none to void. */
  async void(cid: Uint8Array, lane: Lane, batch: number): Promise<SlipBatch | null> {
    await allOrNothing(this.#db, async (tx) => {
      await tx
        .updateTable('batches')
        .set({ voided: 1 })
        .where('cid', '=', Buffer.from(cid))
        .where('lane', '=', lane)
        .where('batch', '=', batch)
        .execute()
      await tx
        .deleteFrom('codes')
        .where('cid', '=', Buffer.from(cid))
        .where('lane', '=', lane)
        .where('batch', '=', batch)
        .where('used', '=', 0)
        .execute()
    })
    return (await this.of(cid, lane)).find((one) => one.batch === batch) ?? null
  }

  /** All printings of a lane, with how many of each were exchanged. */
  of(cid: Uint8Array, lane: Lane): Promise<SlipBatch[]> {
    return batchesOf(this.#db, cid, lane)
  }
}

async function batchesOf(db: Kysely<IssuerSchema>, cid: Uint8Array, lane: Lane): Promise<SlipBatch[]> {
  const query = db.selectFrom('batches').selectAll().where('cid', '=', Buffer.from(cid)).where('lane', '=', lane)
  const rows = await query.orderBy('batch').execute()
  return rows.map(({ cid: _cid, voided, ...row }) => ({ ...row, lane, voided: voided === 1 }))
}

/** A code that nobody has used. */
export function unusedCode(
  cid: Uint8Array,
  lane: Lane,
  { h, batch }: { readonly h: Uint8Array; readonly batch: number },
): CodeTable {
  return { cid: Buffer.from(cid), lane, h: Buffer.from(h), used: 0, bh: Buffer.alloc(HASH_BYTES), batch }
}

/** Slips that give, or gave, a ticket: all of a valid printing, of a voided one those exchanged before. */
export function slipsInForce(batches: readonly SlipBatch[], kind?: BatchTable['kind']): number {
  const counted = batches.filter((batch) => kind === undefined || batch.kind === kind)
  return counted.reduce((sum, { voided, exchanged, printed }) => sum + (voided ? exchanged : printed), 0)
}

/** Spare slips replace lost ones: a tenth of the people, at least ten. More would let some answer twice. */
export function mostSpareSlips(eligible: number): number {
  return Math.max(10, Math.ceil(eligible / 10))
}
