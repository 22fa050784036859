import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { SlipKind } from '#protocol/acts'
import type { TabletLane } from '#protocol/counter'
import type { TicketKind } from '#protocol/ticket'
import type { CampaignTable, RehearsalTable } from '../campaigns/campaign-register.ts'
import { createCampaigns, createRehearsals, guardCampaigns } from '../campaigns/campaign-schema.ts'

/** Slip codes, as hashes: whether one was used, and for which blinded message. */
export interface CodeTable {
  readonly h: Buffer
  readonly used: 0 | 1
  readonly bh: Buffer | null
  /** The printing it came from: a printing can be voided. The slips of one printing are shuffled and drawn. */
  readonly batch: number
}

/** One printing of slips. Its counts outlive the codes, which closing destroys. */
export interface BatchTable {
  readonly cid: Buffer
  readonly lane: string
  readonly batch: number
  /** `main` of a lane is printed once; spare ones are printed as needed. */
  readonly kind: SlipKind
  readonly printed: number
  readonly voided: 0 | 1
  /** Slips exchanged for a ticket; filled in when the codes are destroyed. */
  readonly exchanged: number | null
  /** Id of the unit whose envelope it is for; '' for everybody's. */
  readonly unit: string
}

/** Signing keys, two for each campaign lane, destroyed at closing. */
export interface KeyTable {
  readonly cid: Buffer
  readonly lane: string
  readonly kind: TicketKind
  readonly pkcs8: Buffer
}

/** A tablet at a service point. One row, overwritten: no history of what it fetched when. */
export interface TabletTable {
  readonly tid: Buffer
  readonly cid: Buffer
  readonly lane: TabletLane
  readonly point: string
  /** Tickets a day. */
  readonly quota: number
  /** Hash of the token in its enrolment link. */
  readonly token: Buffer
  /** Its public key, once it has enrolled. */
  readonly key: Buffer | null
  readonly revoked: 0 | 1
  /** The day of the last refill, and how many tickets on it. */
  readonly day: string
  readonly today: number
  readonly issued: number
  /** Hash of the last refill, so that asking again for a lost answer costs nothing. */
  readonly last: Buffer | null
  /** The same for codes that visitors scan. */
  readonly codes_today: number
  readonly last_codes: Buffer | null
  /** What it last told of itself, by fives, and in which hour. */
  readonly collected: number
  readonly delivered: number
  readonly turned_away: number
  readonly heard: string
}

/** The poster lane of a campaign. One row, overwritten: no history of what was given when. */
export interface OpenLaneTable {
  readonly cid: Buffer
  readonly is_on: 0 | 1
  readonly per_day: number
  /** The day of the last ticket, and how many on it. */
  readonly day: string
  readonly today: number
  readonly given: number
}

export interface IssuerSchema {
  readonly open_lanes: OpenLaneTable
  readonly tablets: TabletTable
  readonly campaigns: CampaignTable
  readonly keys: KeyTable
  readonly rehearsals: RehearsalTable
  readonly batches: BatchTable
  readonly [codes: `codes_${string}`]: CodeTable
}

export const ISSUER_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-keys': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('keys')
        .addColumn('cid', 'blob', (column) => column.notNull())
        .addColumn('lane', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('pkcs8', 'blob', (column) => column.notNull())
        .addPrimaryKeyConstraint('keys_of_lanes', ['cid', 'lane', 'kind'])
        .execute()
    },
  },
  '0002-campaigns-and-batches': {
    async up(db: Kysely<unknown>) {
      await createCampaigns(db)
      await guardCampaigns(db)
      await createRehearsals(db)
      await db.schema
        .createTable('batches')
        .addColumn('cid', 'blob', (column) => column.notNull())
        .addColumn('lane', 'text', (column) => column.notNull())
        .addColumn('batch', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('printed', 'integer', (column) => column.notNull())
        .addColumn('voided', 'integer', (column) => column.notNull())
        .addColumn('exchanged', 'integer')
        .addPrimaryKeyConstraint('batches_of_lanes', ['cid', 'lane', 'batch'])
        .execute()
    },
  },
  '0003-tablets': { up: createTablets },
  '0004-codes-of-tablets': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('tablets')
        .addColumn('codes_today', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema.alterTable('tablets').addColumn('last_codes', 'blob').execute()
    },
  },
  '0005-open-lanes': { up: createOpenLanes },
  '0006-totals-of-tablets': {
    async up(db: Kysely<unknown>) {
      for (const name of ['collected', 'delivered']) {
        await db.schema
          .alterTable('tablets')
          .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
      }
      await db.schema
        .alterTable('tablets')
        .addColumn('heard', 'text', (column) => column.notNull().defaultTo(''))
        .execute()
    },
  },
  '0007-printings-of-units': { up: addUnitOfPrintings },
  '0008-turned-away-at-tablets': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('tablets')
        .addColumn('turned_away', 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
    },
  },
}

async function addUnitOfPrintings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('batches')
    .addColumn('unit', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
}

async function createOpenLanes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('open_lanes')
    .addColumn('cid', 'blob', (column) => column.primaryKey().notNull())
    .addColumn('is_on', 'integer', (column) => column.notNull())
    .addColumn('per_day', 'integer', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('today', 'integer', (column) => column.notNull())
    .addColumn('given', 'integer', (column) => column.notNull())
    .execute()
}

async function createTablets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tablets')
    .addColumn('tid', 'blob', (column) => column.primaryKey().notNull())
    .addColumn('cid', 'blob', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('point', 'text', (column) => column.notNull())
    .addColumn('quota', 'integer', (column) => column.notNull())
    .addColumn('token', 'blob', (column) => column.notNull().unique())
    .addColumn('key', 'blob')
    .addColumn('revoked', 'integer', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('today', 'integer', (column) => column.notNull())
    .addColumn('issued', 'integer', (column) => column.notNull())
    .addColumn('last', 'blob')
    .execute()
}
