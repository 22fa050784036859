import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Slip codes, as hashes: whether one was used, and for which blinded message. */
export interface CodeTable {
  readonly h: Buffer
  readonly used: 0 | 1
  readonly bh: Buffer | null
}

/** Signing keys, one per campaign lane, destroyed at closing. */
export interface KeyTable {
  readonly cid: Buffer
  readonly lane: string
  readonly pkcs8: Buffer
}

export interface IssuerSchema {
  readonly keys: KeyTable
  readonly [codes: `codes_${string}`]: CodeTable
}

export const ISSUER_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-keys': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('keys')
        .addColumn('cid', 'blob', (column) => column.notNull())
        .addColumn('lane', 'text', (column) => column.notNull())
        .addColumn('pkcs8', 'blob', (column) => column.notNull())
        .addPrimaryKeyConstraint('keys_of_lanes', ['cid', 'lane'])
        .execute()
    },
  },
}
