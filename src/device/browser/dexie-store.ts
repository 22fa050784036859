import { Dexie, type Table } from 'dexie'
import {
  type Durability,
  StorageError,
  type StorageFault,
  type Store,
  type TableName,
  type Tables,
  type Transaction,
} from '../store.ts'
import { type DatabaseName, SCHEMAS } from './schema.ts'

/** A screen with words after this long, not a spinner (Safari may never answer an open). */
const TIMEOUT_MS = 10_000

/** The store of a browser: one IndexedDB, two connections, because Dexie sets durability per connection. */
export function makeDexieStore(name: DatabaseName = 'prongsai'): Store {
  const connections = { strict: connect(name, 'strict'), relaxed: connect(name, 'relaxed') }
  return {
    async transact(durability, tables, work) {
      const database = connections[durability]
      try {
        return await inTime(() => runTransaction(database, tables, work))
      } catch (error) {
        if (!isLost(error)) throw storageErrorOf(error)
      }
      // iOS drops the connection of a page in the background; the whole transaction is repeatable, so repeat it once
      database.close({ disableAutoOpen: false })
      return inTime(() => runTransaction(database, tables, work)).catch((error: unknown) => {
        throw storageErrorOf(error)
      })
    },
  }
}

function connect(name: DatabaseName, durability: Durability): Dexie {
  const database = new Dexie(name, { chromeTransactionDurability: durability })
  for (const [index, tables] of SCHEMAS.entries()) database.version(index + 1).stores(tables)
  // a newer tab wants to upgrade: let go, or it waits for ever
  database.on('versionchange', () => database.close())
  return database
}

function runTransaction<R>(
  database: Dexie,
  tables: readonly TableName[],
  work: (tx: Transaction) => Promise<R>,
): Promise<R> {
  return database.transaction('rw', [...tables], () => work(transactionOn(database)))
}

function transactionOn(database: Dexie): Transaction {
  const table = <T extends TableName>(name: T): Table<Tables[T], string> => database.table(name)
  return {
    get: async (name, id) => table(name).get(id),
    all: async (name) => table(name).toArray(),
    put: async (name, record) => {
      await table(name).put(record)
    },
    delete: async (name, id) => table(name).delete(id),
  }
}

function inTime<R>(run: () => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StorageError('storage-unavailable', 'no answer in time')), TIMEOUT_MS)
    run()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

/** "Connection to Indexed Database server lost" and its kin; Dexie does not reopen after the first. */
function isLost(error: unknown): boolean {
  return namesOf(error).some((name) => ['UnknownError', 'InvalidStateError', 'DatabaseClosedError'].includes(name))
}

const FAULTS: readonly (readonly [name: string, fault: StorageFault])[] = [
  ['QuotaExceededError', 'storage-full'],
  ['VersionError', 'storage-newer'],
  ['MissingAPIError', 'storage-unavailable'],
  ['OpenFailedError', 'storage-unavailable'],
  ['SecurityError', 'storage-unavailable'],
  ['UnknownError', 'storage-unavailable'],
  ['InvalidStateError', 'storage-unavailable'],
  ['DatabaseClosedError', 'storage-unavailable'],
]

/** Storage trouble in words; any other error passes as it is. */
function storageErrorOf(error: unknown): unknown {
  if (error instanceof StorageError) return error
  const names = namesOf(error)
  const fault = FAULTS.find(([name]) => names.includes(name))?.[1]
  return fault ? new StorageError(fault, error) : error
}

/** Quota errors hide inside the abort of their transaction. */
function namesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const name = 'name' in error ? [String(error.name)] : []
  return 'inner' in error ? [...name, ...namesOf(error.inner)] : name
}
