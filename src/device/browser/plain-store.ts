import type { Store, TableName, Tables, Transaction } from '../store.ts'
import { type DatabaseName, NEWEST_TABLES, NEWEST_VERSION } from './schema.ts'

/**
 * The same database as `makeDexieStore` opens, without its library: for the page that takes a slip in and does nothing else.
 * It knows no trouble by name; whoever uses it hands over to the app when anything fails.
 */
export function makePlainStore(name: DatabaseName = 'prongsai'): Store {
  const opened = open(name)
  return {
    async transact(durability, tables, work) {
      const database = await opened
      const tx = database.transaction([...tables], 'readwrite', { durability })
      const done = new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => resolve()
        tx.onabort = () => reject(tx.error)
      })
      const result = await work(actsIn(tx))
      await done
      return result
    },
  }
}

function open(name: DatabaseName): Promise<IDBDatabase> {
  const request = indexedDB.open(name, NEWEST_VERSION)
  request.onupgradeneeded = () => {
    const { result } = request
    for (const table of NEWEST_TABLES)
      if (!result.objectStoreNames.contains(table)) result.createObjectStore(table, { keyPath: 'id' })
  }
  // another page upgrades it or holds an older one open: then the app waits, in words
  request.onblocked = () => request.dispatchEvent(new Event('error'))
  return answerOf(request).then((database) => {
    // another tab may bring a newer version: nobody waits for this one
    database.onversionchange = () => database.close()
    return database
  })
}

function actsIn(tx: IDBTransaction): Transaction {
  const in_ = (table: TableName) => tx.objectStore(table)
  return {
    get: async <T extends TableName>(table: T, id: string) =>
      (await answerOf(in_(table).get(id))) as Tables[T] | undefined,
    all: async <T extends TableName>(table: T) => (await answerOf(in_(table).getAll())) as Tables[T][],
    put: async (table, record) => {
      await answerOf(in_(table).put(record))
    },
    delete: async (table, id) => {
      await answerOf(in_(table).delete(id))
    },
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
}
