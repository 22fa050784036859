import type { Kysely } from 'kysely'
import type { BoxSchema } from './box-schema.ts'

/** Emblems of departments, by the hash that manifests name. Public, the same for everybody. */
export class EmblemStore {
  readonly #db: Kysely<BoxSchema>

  constructor(db: Kysely<BoxSchema>) {
    this.#db = db
  }

  /** Keeps a PNG; one that is there stays. `hash`: its SHA-256, 32 bytes. */
  async keep(hash: Uint8Array, png: Uint8Array): Promise<void> {
    await this.#db
      .insertInto('emblems')
      .values({ hash: Buffer.from(hash), png: Buffer.from(png) })
      .onConflict((known) => known.column('hash').doNothing())
      .execute()
  }

  /** The PNG, or null. */
  async read(hash: Uint8Array): Promise<Buffer | null> {
    const row = await this.#db
      .selectFrom('emblems')
      .select('png')
      .where('hash', '=', Buffer.from(hash))
      .executeTakeFirst()
    return row?.png ?? null
  }
}
