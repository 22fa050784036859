import type { Kysely } from 'kysely'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { IssuerSchema } from './issuer-schema.ts'
import { NO_PRINTING, unusedCode } from './slip-batches.ts'

/** How a campaign's poster lane stands. */
export interface OpenLaneState {
  readonly isOn: boolean
  /** Most tickets a day, from all phones together. */
  readonly perDay: number
  /** Tickets given, in all. */
  readonly given: number
}

export type Admission = 'admitted' | 'open-off' | 'open-full'

/** The lane of the printed poster: whoever scans it gets a ticket, so many a day. Kept apart from everything that is counted by persons. */
export class OpenLane {
  readonly #db: Kysely<IssuerSchema>

  constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
  }

  /** Switches the lane of a campaign on, with so many tickets a day, or off. What was given stays valid and counted. */
  async set(cid: Uint8Array, setting: { readonly isOn: boolean; readonly perDay?: number }): Promise<void> {
    const [is_on, per_day] = [setting.isOn ? (1 as const) : (0 as const), setting.perDay ?? 0]
    await this.#db
      .insertInto('open_lanes')
      .values({ cid: Buffer.from(cid), is_on, per_day, day: '', today: 0, given: 0 })
      .onConflict((conflict) =>
        conflict.column('cid').doUpdateSet(setting.perDay === undefined ? { is_on } : { is_on, per_day }),
      )
      .execute()
  }

  /** Null when the campaign has no such lane. */
  async of(cid: Uint8Array): Promise<OpenLaneState | null> {
    const query = this.#db.selectFrom('open_lanes').selectAll().where('cid', '=', Buffer.from(cid))
    const row = await query.executeTakeFirst()
    return row ? { isOn: row.is_on === 1, perDay: row.per_day, given: row.given } : null
  }

  /**
   * Takes in a code that a phone made for itself, as if it had been on a slip; the exchange that follows uses it up. So an
   * answer that was lost is asked for again with the same code, and costs the day nothing more.
   */
  async admit(cid: Uint8Array, codeHash: Uint8Array, today: string): Promise<Admission> {
    return allOrNothing(this.#db, async (tx) => {
      const query = tx.selectFrom('open_lanes').selectAll().where('cid', '=', Buffer.from(cid))
      const row = await query.forUpdate().executeTakeFirst()
      if (!row || row.is_on === 0) return 'open-off'
      const before = row.day === today ? row.today : 0
      if (before >= row.per_day) return 'open-full'
      const inserted = await tx
        .insertInto('codes')
        .values(unusedCode(cid, 'eit-open', { h: codeHash, batch: NO_PRINTING }))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      // two requests with one code: admitted once
      if ((inserted.numInsertedOrUpdatedRows ?? 0n) === 0n) return 'admitted'
      await tx
        .updateTable('open_lanes')
        .set({ day: today, today: before + 1, given: row.given + 1 })
        .where('cid', '=', Buffer.from(cid))
        .execute()
      return 'admitted'
    })
  }
}
