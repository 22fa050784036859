import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { CampaignTable, RehearsalTable } from '../campaigns/campaign-register.ts'
import { createCampaigns, createRehearsals, guardCampaigns } from '../campaigns/campaign-schema.ts'

/** Spent tickets: nothing but their names, in random order. */
export interface SpentTable {
  readonly nf: Buffer
}

/** Sealed responses under random keys. No other column, ever: no time, no address, no link to `spent`. */
export interface BoxTable {
  readonly rid: Buffer
  readonly sealed: Buffer
}

/** What rounds ask, by hash. Public, the same for everybody. */
export interface InstrumentsTable {
  readonly hash: Buffer
  readonly text: string
}

/** Emblems of departments, by hash. Public, the same for everybody. */
export interface EmblemTable {
  readonly hash: Buffer
  readonly png: Buffer
}

export interface BoxSchema {
  readonly emblems: EmblemTable
  readonly instruments: InstrumentsTable
  readonly campaigns: CampaignTable
  readonly rehearsals: RehearsalTable
  readonly [spent: `spent_${string}`]: SpentTable
  readonly [box: `box_${string}`]: BoxTable
}

export const BOX_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-campaigns': { up: createCampaigns },
  '0002-campaign-life': {
    async up(db: Kysely<unknown>) {
      await guardCampaigns(db)
      await createRehearsals(db)
    },
  },
  '0003-instruments': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('instruments')
        .addColumn('hash', 'blob', (column) => column.primaryKey().notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0004-emblems': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('emblems')
        .addColumn('hash', 'blob', (column) => column.primaryKey().notNull())
        .addColumn('png', 'blob', (column) => column.notNull())
        .execute()
    },
  },
}
