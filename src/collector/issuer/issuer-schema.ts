import type { Kysely } from 'kysely'
import type { SlipKind } from '#protocol/acts'
import type { TabletLane } from '#protocol/counter'
import type { TicketKind } from '#protocol/ticket'
import type { CampaignTable, RehearsalTable } from '../campaigns/campaign-register.ts'
import { createCampaigns } from '../campaigns/campaign-schema.ts'
import { type DatabaseKind, type Engine, inKeyOrder } from '../storage/engine.ts'

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

export const ISSUER_DATABASE: DatabaseKind = {
  name: 'issuer',
  migrations: (engine) => ({
    '0001-issuer': {
      async up(db: Kysely<unknown>) {
        await createCampaigns(db, engine)
        for (const create of [createKeys, createBatches, createCodes, createTablets, createOpenLanes])
          await create(db, engine)
      },
    },
  }),
}

async function createKeys(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('keys')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('pkcs8', engine.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('keys_of_lanes', ['cid', 'lane', 'kind'])
    .execute()
}

async function createBatches(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('batches')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
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

async function createCodes(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const codes = db.schema
    .createTable('codes')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('h', engine.bytes, (column) => column.notNull())
    .addColumn('used', 'integer', (column) => column.notNull())
    .addColumn('bh', engine.bytes, (column) => column.notNull())
    .addColumn('batch', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('codes_of_lanes', ['cid', 'lane', 'h'])
  await inKeyOrder(engine, codes).execute()
}

async function createOpenLanes(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('open_lanes')
    .addColumn('cid', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('is_on', 'integer', (column) => column.notNull())
    .addColumn('per_day', 'integer', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('today', 'integer', (column) => column.notNull())
    .addColumn('given', 'integer', (column) => column.notNull())
    .execute()
}

async function createTablets(db: Kysely<unknown>, engine: Engine): Promise<void> {
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
    .addColumn('tid', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('token', engine.bytes, (column) => column.notNull().unique())
    .addColumn('key', engine.bytes)
    .addColumn('last', engine.bytes)
    .addColumn('last_codes', engine.bytes)
  for (const name of texts) table = table.addColumn(name, 'text', (column) => column.notNull())
  for (const name of counts) table = table.addColumn(name, 'integer', (column) => column.notNull())
  await table.execute()
  await db.schema.createIndex('tablets_of_campaigns').on('tablets').column('cid').execute()
}
