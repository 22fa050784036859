import { chmodSync, existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Kysely, type KyselyPlugin, OperationNodeTransformer, type SelectQueryNode } from 'kysely'
import { type DatabaseKind, type OpenDatabase, SQLITE } from './engine.ts'
import { migrate } from './migrate.ts'
import { PatientSqlite } from './patient-sqlite.ts'
import { Turns } from './turns.ts'

/** So many pages are copied before whoever waits has a turn: about ten milliseconds. */
const PAGES_AT_ONCE = 500

/** How often a copy may begin anew in small pieces. */
const MOST_BEGINNINGS = 5

/**
 * Opens one database file: never WAL, whose frames would keep in order what was stored; full synchronisation; deleted bytes
 * overwritten. With a quota the file refuses to grow further, long before the disk that others share is full.
 */
export async function openSqlite<Schema>(
  file: string,
  kind: DatabaseKind,
  quotaBytes?: number,
): Promise<OpenDatabase<Schema>> {
  const database = new Database(file)
  if (file !== ':memory:') chmodSync(file, 0o600)
  for (const pragma of [
    // another process may be writing just now
    'busy_timeout = 5000',
    // several sealed rows must fit into a page: overflow pages would be twice as many reads
    'page_size = 8192',
    'journal_mode = TRUNCATE',
    'synchronous = FULL',
    'secure_delete = ON',
    'trusted_schema = OFF',
    'temp_store = MEMORY',
    // from now on waiting is done by `PatientSqlite`, which lets others go on meanwhile
    'busy_timeout = 0',
  ]) {
    database.pragma(pragma)
  }
  if (quotaBytes !== undefined) {
    const pageBytes = Number(database.pragma('page_size', { simple: true }))
    database.pragma(`max_page_count = ${Math.floor(quotaBytes / pageBytes)}`)
  }
  const turns = new Turns()
  const db = new Kysely<Schema>({ dialect: new PatientSqlite({ database }), plugins: [new WithoutRowLocks()] })
  await migrate(db, kind, SQLITE)
  return {
    db,
    engine: SQLITE,
    copyTo: (target) => copyPages(database, target),
    // whoever else has the file open waits for each transaction; longer turns are this process's own
    exclusively: (name, work) => turns.next(name, work),
    // one process has the room where it lies in files: nobody else would find its port free
    hold: async () => undefined,
    tidy: async () => undefined,
    end: () => db.destroy(),
  }
}

/** Rows are locked where several write at once. Here one does, and the words for it are not known. */
class WithoutRowLocks extends OperationNodeTransformer implements KyselyPlugin {
  transformQuery({ node, queryId }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    return this.transformNode(node, queryId)
  }

  async transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    return result
  }

  protected override transformSelectQuery(node: SelectQueryNode, ...rest: never[]): SelectQueryNode {
    const { endModifiers, ...query } = super.transformSelectQuery(node, ...rest)
    const kept = (endModifiers ?? []).filter(({ modifier }) => modifier !== 'ForUpdate' && modifier !== 'ForShare')
    return kept.length > 0 ? { ...query, endModifiers: kept } : query
  }
}

/**
 * Through the connection that writes: SQLite takes its changes over into the copy. Another process that writes meanwhile makes
 * it begin anew, so after a few beginnings the rest is copied at once, and that process waits.
 */
async function copyPages(database: Database.Database, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} is there already`)
  let [least, begunAnew] = [Number.POSITIVE_INFINITY, 0]
  await database.backup(target, {
    progress({ remainingPages }) {
      // growing by a few pages is no new beginning
      if (remainingPages > least + PAGES_AT_ONCE) begunAnew += 1
      least = remainingPages
      return begunAnew < MOST_BEGINNINGS ? PAGES_AT_ONCE : remainingPages
    },
  })
}
