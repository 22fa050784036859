import type { Kysely } from 'kysely'
import type { BoxSchema } from './box-schema.ts'

/** A document of a year or of one questionnaire, as text, and the SHA-256 by which manifests name it. */
export interface InstrumentsDocument {
  /** 32 bytes. */
  readonly hash: Uint8Array
  /** Canonical JSON; this server does not know what it says. */
  readonly text: string
}

/**
 * What rounds ask, by hash: a phone whose app has other words, or none of this year, gets the very document its round was made
 * with, and so does whoever opens the box years later.
 */
export class InstrumentsStore {
  readonly #db: Kysely<BoxSchema>

  constructor(db: Kysely<BoxSchema>) {
    this.#db = db
  }

  /** Keeps documents; those that are there stay as they are. */
  async keep(documents: readonly InstrumentsDocument[]): Promise<void> {
    for (const { hash, text } of documents)
      await this.#db
        .insertInto('instruments')
        .values({ hash: Buffer.from(hash), text })
        .onConflict((known) => known.column('hash').doNothing())
        .execute()
  }

  /** The text of a document, or null. */
  async read(hash: Uint8Array): Promise<string | null> {
    const row = await this.#db
      .selectFrom('instruments')
      .select('text')
      .where('hash', '=', Buffer.from(hash))
      .executeTakeFirst()
    return row?.text ?? null
  }
}
