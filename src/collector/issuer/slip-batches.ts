import type { Kysely } from 'kysely'
import type { Lane } from '#protocol/lane'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { tableSuffix } from '../storage/campaign-tables.ts'
import type { BatchTable, IssuerSchema } from '../storage/issuer-schema.ts'

/** One printing and how far it was used. */
export interface SlipBatch {
  readonly lane: Lane
  readonly batch: number
  readonly kind: BatchTable['kind']
  readonly printed: number
  readonly voided: boolean
  readonly exchanged: number
}

/** Rows of one INSERT; SQLite takes 32,766 values in a statement. */
const CHUNK = 1000

/** Printings of slips: codes as hashes, and how many of each printing were exchanged. */
export class SlipBatches {
  readonly #db: Kysely<IssuerSchema>

  constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
  }

  /**
   * Adds the hashes of freshly printed codes as a new printing. Answers its number, or null when this lane's main printing
   * exists already and was not voided: two full printings would be two slips for everyone.
   */
  async add(
    cid: Uint8Array,
    lane: Lane,
    kind: BatchTable['kind'],
    hashes: readonly Uint8Array[],
  ): Promise<number | null> {
    return allOrNothing(this.#db, async (tx) => {
      const id = Buffer.from(cid)
      const known = await tx.selectFrom('batches').selectAll().where('cid', '=', id).where('lane', '=', lane).execute()
      if (kind === 'main' && known.some((one) => one.kind === 'main' && !one.voided)) return null
      const batch = Math.max(0, ...known.map((one) => one.batch)) + 1
      const counts = { printed: hashes.length, voided: 0 as const, exchanged: null }
      await tx
        .insertInto('batches')
        .values({ cid: id, lane, batch, kind, ...counts })
        .execute()
      const rows = hashes.map((h) => ({ h: Buffer.from(h), used: 0 as const, bh: null, batch }))
      for (let start = 0; start < rows.length; start += CHUNK) {
        await tx
          .insertInto(`codes_${tableSuffix(cid, lane)}`)
          .values(rows.slice(start, start + CHUNK))
          .execute()
      }
      return batch
    })
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
        .deleteFrom(`codes_${tableSuffix(cid, lane)}`)
        .where('batch', '=', batch)
        .where('used', '=', 0)
        .execute()
    })
    return (await this.of(cid, lane)).find((one) => one.batch === batch) ?? null
  }

  /** All printings of a lane, with how many of each were exchanged. */
  async of(cid: Uint8Array, lane: Lane): Promise<SlipBatch[]> {
    const table = `codes_${tableSuffix(cid, lane)}` as const
    const query = this.#db
      .selectFrom('batches')
      .selectAll()
      .where('cid', '=', Buffer.from(cid))
      .where('lane', '=', lane)
    const rows = await query.orderBy('batch').execute()
    const used = await this.#db
      .selectFrom(table)
      .select((row) => ['batch', row.fn.countAll<number>().as('n')])
      .where('used', '=', 1)
      .groupBy('batch')
      .execute()
    return rows.map(({ batch, kind, printed, voided, exchanged }) => ({
      lane,
      batch,
      kind,
      printed,
      voided: voided === 1,
      exchanged: exchanged ?? used.find((one) => one.batch === batch)?.n ?? 0,
    }))
  }

  /** Writes down what is known only as long as the codes are there. */
  async keepCounts(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) {
      for (const { batch, exchanged } of await this.of(cid, lane)) {
        await this.#db
          .updateTable('batches')
          .set({ exchanged })
          .where('cid', '=', Buffer.from(cid))
          .where('lane', '=', lane)
          .where('batch', '=', batch)
          .execute()
      }
    }
  }
}
