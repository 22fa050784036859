import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { SlipKind } from '#protocol/acts'
import type { TabletLane } from '#protocol/counter'
import type { TicketKind } from '#protocol/ticket'
import type { CampaignTable, RehearsalTable } from '../campaigns/campaign-register.ts'
import { createCampaigns } from '../campaigns/campaign-schema.ts'

/** Slip codes, as hashes: whether one was used, and for which blinded messages. */
export interface CodeTable {
  readonly cid: Buffer
  readonly lane: string
  readonly h: Buffer
  readonly used: 0 | 1
  /** 32 bytes, zeros before it is used: a row that does not grow stays in its place, which is that of its random name. */
  readonly bh: Buffer
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
  /** Slips exchanged for a ticket. */
  readonly exchanged: number
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
  readonly codes: CodeTable
}

export const ISSUER_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-issuer': {
    async up(db: Kysely<unknown>) {
      await createCampaigns(db)
      await createKeys(db)
      await createBatches(db)
      await createCodes(db)
      await createTablets(db)
      await createOpenLanes(db)
    },
  },
}

async function createKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('keys')
    .addColumn('cid', 'blob', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('pkcs8', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('keys_of_lanes', ['cid', 'lane', 'kind'])
    .execute()
}

async function createBatches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('batches')
    .addColumn('cid', 'blob', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('batch', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('printed', 'integer', (column) => column.notNull())
    .addColumn('voided', 'integer', (column) => column.notNull())
    .addColumn('exchanged', 'integer', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('batches_of_lanes', ['cid', 'lane', 'batch'])
    .execute()
}

async function createCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('codes')
    .addColumn('cid', 'blob', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('h', 'blob', (column) => column.notNull())
    .addColumn('used', 'integer', (column) => column.notNull())
    .addColumn('bh', 'blob', (column) => column.notNull())
    .addColumn('batch', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('codes_of_lanes', ['cid', 'lane', 'h'])
    .modifyEnd(sql`WITHOUT ROWID`)
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
  const texts = ['lane', 'point', 'day', 'heard'] as const
  const counts = [
    'quota',
    'revoked',
    'today',
    'issued',
    'codes_today',
    'collected',
    'delivered',
    'turned_away',
  ] as const
  let table = db.schema
    .createTable('tablets')
    .addColumn('tid', 'blob', (column) => column.primaryKey().notNull())
    .addColumn('cid', 'blob', (column) => column.notNull())
    .addColumn('token', 'blob', (column) => column.notNull().unique())
    .addColumn('key', 'blob')
    .addColumn('last', 'blob')
    .addColumn('last_codes', 'blob')
  for (const name of texts) table = table.addColumn(name, 'text', (column) => column.notNull())
  for (const name of counts) table = table.addColumn(name, 'integer', (column) => column.notNull())
  await table.execute()
  await db.schema.createIndex('tablets_of_campaigns').on('tablets').column('cid').execute()
}
