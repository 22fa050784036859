import type { Kysely } from 'kysely'
import type { OfficeSchema, ReportTable } from './office-schema.ts'

/** Public pages of rounds, as long as they are published. */
export class Reports {
  readonly #db: Kysely<OfficeSchema>

  constructor(db: Kysely<OfficeSchema>) {
    this.#db = db
  }

  /** By what stands in its address; undefined where nothing is published. */
  byName(name: string): Promise<ReportTable | undefined> {
    return this.#db.selectFrom('reports').selectAll().where('name', '=', name).executeTakeFirst()
  }

  of(cid: string): Promise<ReportTable | undefined> {
    return this.#db.selectFrom('reports').selectAll().where('cid', '=', cid).executeTakeFirst()
  }

  /** Publishes a page in the place of the one before. */
  async publish(report: ReportTable): Promise<void> {
    const insert = this.#db.insertInto('reports').values(report)
    await insert.onConflict((conflict) => conflict.column('cid').doUpdateSet(report)).execute()
  }

  /** Whether there was one to withdraw. */
  async withdraw(cid: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('reports').where('cid', '=', cid).executeTakeFirst()
    return numDeletedRows > 0n
  }
}
