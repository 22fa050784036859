import type { Kysely } from 'kysely'
import type { Role } from '#protocol/office'
import type { DatabaseKind, Engine } from '../storage/engine.ts'

/** Somebody of the survey team. Never a respondent: nobody who answers has an account. */
export interface AccountTable {
  readonly id: Buffer
  readonly name: string
  readonly role: Role
}

export interface PasskeyTable {
  /** Credential id, base64url. */
  readonly id: string
  readonly account: Buffer
  readonly public_key: Buffer
  readonly counter: number
  /** How the browser reaches it, joined by commas. */
  readonly transports: string
}

export interface PasswordTable {
  readonly account: Buffer
  /** Argon2id, PHC string. */
  readonly hash: string
  /** Secret of the one-time codes, base32. */
  readonly totp: string
  /** The last time step whose code was used: each is good once. */
  readonly last_step: number
}

export interface InvitationTable {
  /** SHA-256 of the token in the link. */
  readonly hash: Buffer
  readonly role: Role
  readonly until: number
  /** Who made it; null from the terminal. Goes with its maker. */
  readonly by: Buffer | null
}

/** The team's own papers about a round, e.g. OIT with its evidence. Opaque here. */
export interface PaperTable {
  readonly cid: string
  readonly name: string
  readonly version: number
  readonly text: string
}

/** One row of a round's action plan: an analysis, a measure, a step. Checked by its schema before it comes here. */
export interface MeasureRowTable {
  readonly cid: string
  readonly id: string
  readonly version: number
  readonly seq: number
  /** Name of the account that saved it. */
  readonly by: string
  /** ISO time. */
  readonly at: string
  readonly removed: 0 | 1
  /** JSON. */
  readonly content: string
}

/** What a round's public page says, as long as it is published. */
export interface ReportTable {
  readonly cid: string
  /** What stands in the page's address. */
  readonly name: string
  /** A day in Bangkok. */
  readonly on: string
  /** JSON. */
  readonly text: string
}

export interface OfficeSchema {
  readonly accounts: AccountTable
  readonly passkeys: PasskeyTable
  readonly passwords: PasswordTable
  readonly invitations: InvitationTable
  readonly papers: PaperTable
  readonly measure_rows: MeasureRowTable
  readonly measure_history: MeasureRowTable
  readonly reports: ReportTable
}

export const OFFICE_DATABASE: DatabaseKind = {
  name: 'office',
  migrations: (engine) => ({
    '0001-office': {
      async up(db: Kysely<unknown>) {
        await createAccounts(db, engine)
        await createInvitations(db, engine)
        await createPapers(db)
        await measureTable(db, 'measure_rows', ['cid', 'id'])
        await measureTable(db, 'measure_history', ['cid', 'id', 'version'])
      },
    },
  }),
}

async function createInvitations(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('invitations')
    .addColumn('hash', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('by', engine.bytes)
    .execute()
}

async function createPapers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('papers')
    .addColumn('cid', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('papers_of_rounds', ['cid', 'name'])
    .execute()
  await db.schema
    .createTable('reports')
    .addColumn('cid', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('on', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute()
}

/** Rows as they are, and as they were: the same columns. */
async function measureTable(db: Kysely<unknown>, name: string, key: ('cid' | 'id' | 'version')[]): Promise<void> {
  await db.schema
    .createTable(name)
    .addColumn('cid', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('removed', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${name}_by_row`, key)
    .execute()
}

async function createAccounts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('account', engine.bytes, (column) => column.notNull())
    .addColumn('public_key', engine.bytes, (column) => column.notNull())
    .addColumn('counter', 'bigint', (column) => column.notNull())
    .addColumn('transports', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('passwords')
    .addColumn('account', engine.bytes, (column) => column.primaryKey().notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('totp', 'text', (column) => column.notNull())
    .addColumn('last_step', 'bigint', (column) => column.notNull())
    .execute()
}
