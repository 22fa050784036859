import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { CampaignTable } from '../campaigns/campaign-register.ts'
import { createCampaigns, guardCampaigns } from '../campaigns/campaign-schema.ts'

/** Spent tickets: nothing but their names, in random order. */
export interface SpentTable {
  readonly nf: Buffer
}

/** Sealed responses under random keys. No other column, ever: no time, no address, no link to `spent`. */
export interface BoxTable {
  readonly rid: Buffer
  readonly sealed: Buffer
}

/** Which shares opened a canary together, e.g. `1+3`. */
export interface RehearsalTable {
  readonly cid: Buffer
  readonly shares: string
}

export interface BoxSchema {
  readonly campaigns: CampaignTable
  readonly rehearsals: RehearsalTable
  readonly [spent: `spent_${string}`]: SpentTable
  readonly [box: `box_${string}`]: BoxTable
}

export const BOX_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-campaigns': { up: createCampaigns },
  '0002-campaign-life': {
    async up(db: Kysely<unknown>) {
      await sql`UPDATE campaigns SET state = 'answers-closed' WHERE state = 'closed'`.execute(db)
      await guardCampaigns(db)
      await db.schema
        .createTable('rehearsals')
        .addColumn('cid', 'blob', (column) => column.notNull())
        .addColumn('shares', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('rehearsed_shares', ['cid', 'shares'])
        .execute()
    },
  },
}
