import type { Kysely } from 'kysely'
import type { Paper, PaperName } from '#protocol/office'
import type { OfficeSchema } from './office-schema.ts'

/** The team's own papers about a round: what everybody may know. Opened responses are never among them. */
export class Papers {
  readonly #db: Kysely<OfficeSchema>

  constructor(db: Kysely<OfficeSchema>) {
    this.#db = db
  }

  async read(cid: string, name: PaperName): Promise<Paper> {
    const query = this.#db.selectFrom('papers').select(['version', 'text']).where('cid', '=', cid)
    return (await query.where('name', '=', name).executeTakeFirst()) ?? { version: 0, text: '' }
  }

  /** Saves over the version that was read; null when somebody else saved in the meantime. */
  async save(cid: string, name: PaperName, { version, text }: Paper): Promise<Paper | null> {
    const next = { cid, name, version: version + 1, text }
    if (version === 0) {
      const insert = this.#db.insertInto('papers').values(next)
      const { numInsertedOrUpdatedRows } = await insert
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows ? next : null
    }
    const update = this.#db.updateTable('papers').set(next).where('cid', '=', cid).where('name', '=', name)
    return (await update.where('version', '=', version).executeTakeFirst()).numUpdatedRows > 0n ? next : null
  }

  /** Forgets the papers of a draft that was thrown away. */
  async forget(cid: string): Promise<void> {
    await this.#db.deleteFrom('papers').where('cid', '=', cid).execute()
  }
}
