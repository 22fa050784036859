import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { type Kysely, sql } from 'kysely'
import type { Lane } from '#protocol/lane'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import { tableSuffix } from '../storage/campaign-tables.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { ISSUER_MIGRATIONS, type IssuerSchema } from '../storage/issuer-schema.ts'
import { openDatabase } from '../storage/open-database.ts'

/** An unused code marked used, or the same blinded message again; or why not. */
export type CodeOutcome = 'granted' | 'code-unknown' | 'code-used'

interface CodeUse {
  readonly cid: Uint8Array
  readonly lane: Lane
  readonly codeHash: Uint8Array
  readonly blindedHash: Uint8Array
}

/** The issuer: signing keys and slip codes, in a file of its own. Never sees a ticket or a response. */
export class IssuerStore {
  readonly #db: Kysely<IssuerSchema>
  readonly #group = new GroupCommit<CodeUse, CodeOutcome>((group) => this.#useTogether(group))

  private constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
  }

  /** Opens (and creates) an issuer database file. */
  static async open(file: string): Promise<IssuerStore> {
    return new IssuerStore(await openDatabase<IssuerSchema>(file, ISSUER_MIGRATIONS))
  }

  /** Makes a lane's signing key (RSA-3072, used for nothing else). Answers the modulus, base64url, for the manifest. */
  async addLane(cid: Uint8Array, lane: Lane): Promise<string> {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072, publicExponent: 65537 })
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
    const table = sql.table(`codes_${tableSuffix(cid, lane)}`)
    await allOrNothing(this.#db, async (tx) => {
      await sql`CREATE TABLE ${table} (h BLOB PRIMARY KEY NOT NULL, used INTEGER NOT NULL, bh BLOB) WITHOUT ROWID`.execute(
        tx,
      )
      await tx
        .insertInto('keys')
        .values({ cid: Buffer.from(cid), lane, pkcs8 })
        .execute()
    })
    return privateKey.export({ format: 'jwk' }).n ?? ''
  }

  /** Adds the hashes of freshly printed codes. */
  async addCodes(cid: Uint8Array, lane: Lane, hashes: readonly Uint8Array[]): Promise<void> {
    const rows = hashes.map((h) => ({ h: Buffer.from(h), used: 0 as const, bh: null }))
    await allOrNothing(this.#db, async (tx) => {
      for (let start = 0; start < rows.length; start += 1000) {
        await tx
          .insertInto(`codes_${tableSuffix(cid, lane)}`)
          .values(rows.slice(start, start + 1000))
          .execute()
      }
    })
  }

  /** The signing key of a lane, or null after closing. */
  async signingKey(cid: Uint8Array, lane: Lane): Promise<KeyObject | null> {
    const query = this.#db
      .selectFrom('keys')
      .select('pkcs8')
      .where('cid', '=', Buffer.from(cid))
      .where('lane', '=', lane)
    const row = await query.executeTakeFirst()
    return row ? createPrivateKey({ key: row.pkcs8, format: 'der', type: 'pkcs8' }) : null
  }

  /** Uses a code for one blinded message. Asked again with the same message it grants again; with another it refuses. */
  useCode(use: CodeUse): Promise<CodeOutcome> {
    return this.#group.store(use)
  }

  /** Whether a code is known and not yet used. */
  async isUnused(cid: Uint8Array, lane: Lane, codeHash: Uint8Array): Promise<boolean> {
    const table = `codes_${tableSuffix(cid, lane)}` as const
    const row = await this.#db
      .selectFrom(table)
      .select('used')
      .where('h', '=', Buffer.from(codeHash))
      .executeTakeFirst()
    return row?.used === 0
  }

  /** Destroys a campaign's signing keys and codes. */
  async destroyCampaign(cid: Uint8Array, lanes: readonly Lane[]): Promise<void> {
    await allOrNothing(this.#db, async (tx) => {
      await tx.deleteFrom('keys').where('cid', '=', Buffer.from(cid)).execute()
      for (const lane of lanes) await tx.deleteFrom(`codes_${tableSuffix(cid, lane)}`).execute()
    })
    await sql`VACUUM`.execute(this.#db)
  }

  /** Closes the file. */
  async end(): Promise<void> {
    await this.#db.destroy()
  }

  async #useTogether(group: readonly CodeUse[]): Promise<readonly CodeOutcome[]> {
    return allOrNothing(this.#db, async (tx) => {
      const outcomes: CodeOutcome[] = []
      for (const { cid, lane, codeHash, blindedHash } of group) {
        const table = `codes_${tableSuffix(cid, lane)}` as const
        const [h, bh] = [Buffer.from(codeHash), Buffer.from(blindedHash)]
        await tx.updateTable(table).set({ used: 1, bh }).where('h', '=', h).where('used', '=', 0).execute()
        const row = await tx.selectFrom(table).select('bh').where('h', '=', h).executeTakeFirst()
        outcomes.push(!row ? 'code-unknown' : row.bh?.equals(bh) ? 'granted' : 'code-used')
      }
      return outcomes
    })
  }
}
