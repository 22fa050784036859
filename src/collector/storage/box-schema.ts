import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Spent tickets: nothing but their names, in random order. */
export interface SpentTable {
  readonly nf: Buffer
}

/** Sealed responses under random keys. No other column, ever: no time, no address, no link to `spent`. */
export interface BoxTable {
  readonly rid: Buffer
  readonly sealed: Buffer
}

export interface CampaignTable {
  readonly cid: Buffer
  /** The manifest, byte for byte as it is served. */
  readonly manifest: string
  readonly state: 'open' | 'closed'
}

export interface BoxSchema {
  readonly campaigns: CampaignTable
  readonly [spent: `spent_${string}`]: SpentTable
  readonly [box: `box_${string}`]: BoxTable
}

export const BOX_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-campaigns': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('campaigns')
        .addColumn('cid', 'blob', (column) => column.primaryKey().notNull())
        .addColumn('manifest', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .execute()
    },
  },
}
