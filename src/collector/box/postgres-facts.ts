import { type Kysely, sql } from 'kysely'
import type { BoxSchema } from './box-schema.ts'

/** What a PostgreSQL server does besides keeping the box, as far as its role may ask. */
export interface PostgresFacts {
  /** Settings by which statements and their values come into a log, e.g. `log_statement=all`; none is as it should be. */
  readonly logging: readonly string[]
  /** Guards that are not there, or switched off. */
  readonly guardsMissing: readonly string[]
  /** Closed campaigns (hex) whose rows carry more than one transaction's mark. */
  readonly ordered: readonly string[]
  /** Whether the write-ahead log is archived, and how many readers of it there are. */
  readonly copies: string
}

const GUARDS = ['manifest_never_changes', 'life_goes_forward', 'campaigns_stay', 'intake_goes_forward']

/** Settings that must stand as they are given here. */
const QUIET: Readonly<Record<string, string>> = { log_statement: 'none', log_min_duration_statement: '-1' }

/** Modules that keep the text of statements. */
const TALKATIVE = ['pg_stat_statements', 'auto_explain']

/** Asks the server. */
export async function postgresFacts(db: Kysely<BoxSchema>): Promise<PostgresFacts> {
  const settings = await settingsOf(db)
  const loud = Object.entries(QUIET).filter(([name, quiet]) => (settings.get(name) ?? quiet) !== quiet)
  const modules = TALKATIVE.filter((name) => (settings.get('shared_preload_libraries') ?? '').includes(name))
  const { rows: guards } = await sql<{ name: string }>`SELECT tgname AS name FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled = 'O'`.execute(db)
  const { rows: slots } = await sql<{ n: number }>`SELECT count(*) AS n FROM pg_replication_slots`.execute(db)
  return {
    logging: [...loud.map(([name]) => `${name}=${settings.get(name)}`), ...modules],
    guardsMissing: GUARDS.filter((name) => !guards.some((guard) => guard.name === name)),
    ordered: await orderedCampaigns(db),
    copies: `archive_mode ${settings.get('archive_mode')}, ${slots[0]?.n ?? 0} slots`,
  }
}

async function settingsOf(db: Kysely<BoxSchema>): Promise<ReadonlyMap<string, string>> {
  const names = [...Object.keys(QUIET), 'shared_preload_libraries', 'archive_mode']
  const { rows } = await sql<{ name: string; setting: string }>`SELECT name, setting FROM pg_settings
    WHERE name = ANY(${names})`.execute(db)
  return new Map(rows.map(({ name, setting }) => [name, setting]))
}

async function orderedCampaigns(db: Kysely<BoxSchema>): Promise<string[]> {
  const { rows } = await sql<{ cid: string }>`SELECT DISTINCT encode(cid, 'hex') AS cid FROM (
      SELECT cid FROM box GROUP BY cid HAVING count(DISTINCT xmin::text) > 1
      UNION SELECT cid FROM receipts GROUP BY cid HAVING count(DISTINCT xmin::text) > 1
    ) AS marked`.execute(db)
  return rows.map(({ cid }) => cid)
}
