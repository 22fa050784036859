import { type Generated, type Kysely, sql } from 'kysely'
import type { CampaignTable, RehearsalTable } from '../campaigns/campaign-register.ts'
import { createCampaigns } from '../campaigns/campaign-schema.ts'
import { addGuard, type DatabaseKind, type Engine, inKeyOrder } from '../storage/engine.ts'

/**
 * A campaign's responses lie under its intake key; or all are in `box` and `receipts` as well; or only there, and the key is
 * destroyed. Never back.
 */
export const STAGES = { collecting: 0, settled: 1, destroyed: 2 } as const

type Stage = (typeof STAGES)[keyof typeof STAGES]

/** How a campaign's responses lie: under which epochs of its intake key, or settled. */
export interface IntakeStateTable {
  readonly cid: Buffer
  /** New rows come under this epoch's key. */
  readonly epoch: number
  /** The oldest epoch of which there are rows: less than `epoch` while they are sealed anew. */
  readonly oldest: number
  /** Of the current epoch's key: tells a wrong key file from the right one. */
  readonly mark: Buffer
  /** How many rows there were when they were last sealed anew: with no more, nothing is to be hidden. */
  readonly resealed: number
  readonly stage: Stage
}

/** How many responses of a lane are kept. */
export interface CountTable {
  readonly cid: Buffer
  readonly lane: string
  readonly n: number
}

/** Tickets spent in a running campaign, as tags that only the intake key tells. */
export interface SpentTable {
  readonly cid: Buffer
  readonly lane: string
  readonly epoch: number
  readonly tag: Buffer
}

/** Responses of a running campaign under its intake key, in the order in which they were sealed. */
export interface IntakeTable {
  readonly id: Generated<number>
  readonly cid: Buffer
  readonly lane: string
  readonly epoch: number
  readonly row: Buffer
}

/** Sealed responses of a closed campaign under random keys. No other column, ever: no time, no address, no link to `receipts`. */
export interface BoxTable {
  readonly cid: Buffer
  readonly lane: string
  readonly rid: Buffer
  readonly sealed: Buffer
}

/** Names of the tickets spent in a closed campaign. */
export interface ReceiptTable {
  readonly cid: Buffer
  readonly lane: string
  readonly nf: Buffer
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
  readonly intakes: IntakeStateTable
  readonly counts: CountTable
  readonly spent: SpentTable
  readonly intake: IntakeTable
  readonly box: BoxTable
  readonly receipts: ReceiptTable
}

export const BOX_DATABASE: DatabaseKind = {
  name: 'box',
  migrations: (engine) => ({
    '0001-box': {
      async up(db: Kysely<unknown>) {
        await createCampaigns(db, engine)
        await createIntakeStates(db, engine)
        await createIntake(db, engine)
        await createBox(db, engine)
        await createDocuments(db, engine)
      },
    },
  }),
}

async function createIntakeStates(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('intakes')
    .addColumn('cid', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('oldest', 'integer', (column) => column.notNull())
    .addColumn('mark', engine.bytes, (column) => column.notNull())
    .addColumn('resealed', 'integer', (column) => column.notNull())
    .addColumn('stage', 'integer', (column) => column.notNull())
    .execute()
  await addGuard(db, engine, {
    name: 'intake_goes_forward',
    table: 'intakes',
    before: 'UPDATE',
    when: 'NEW.stage < OLD.stage OR NEW.epoch < OLD.epoch OR NEW.oldest < OLD.oldest',
    says: 'an intake never goes back',
  })
  await db.schema
    .createTable('counts')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('counts_of_lanes', ['cid', 'lane'])
    .execute()
}

async function createIntake(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const spent = db.schema
    .createTable('spent')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('tag', engine.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('spent_once', ['cid', 'lane', 'epoch', 'tag'])
  await inKeyOrder(engine, spent).execute()
  await db.schema
    .createTable('intake')
    .addColumn('id', engine.serial, (column) => column.primaryKey())
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('row', engine.bytes, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('intake_of_lanes').on('intake').columns(['cid', 'lane', 'epoch', 'id']).execute()
  if (engine.name !== 'postgres') return
  // in the row, not in a table beside it whose pieces are numbered as they come
  await sql`ALTER TABLE intake ALTER COLUMN "row" SET STORAGE PLAIN`.execute(db)
  // the server notes when it last cleaned up: that must not follow the coming of responses
  for (const table of ['intake', 'spent'])
    await sql`ALTER TABLE ${sql.table(table)} SET (autovacuum_enabled = false)`.execute(db)
}

async function createBox(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const box = db.schema
    .createTable('box')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('rid', engine.bytes, (column) => column.notNull())
    .addColumn('sealed', engine.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('box_rows', ['cid', 'lane', 'rid'])
  await inKeyOrder(engine, box).execute()
  const receipts = db.schema
    .createTable('receipts')
    .addColumn('cid', engine.bytes, (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('nf', engine.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('receipts_once', ['cid', 'lane', 'nf'])
  await inKeyOrder(engine, receipts).execute()
  if (engine.name === 'postgres') await sql`ALTER TABLE box ALTER COLUMN sealed SET STORAGE PLAIN`.execute(db)
}

async function createDocuments(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('instruments')
    .addColumn('hash', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('emblems')
    .addColumn('hash', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('png', engine.bytes, (column) => column.notNull())
    .execute()
}
