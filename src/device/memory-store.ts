import type { Store, TableName, Tables, Transaction } from './store.ts'

type Contents = { readonly [T in TableName]: Map<string, Tables[T]> }

function emptyContents(): Contents {
  return {
    campaigns: new Map(),
    tickets: new Map(),
    drafts: new Map(),
    outbox: new Map(),
    receipts: new Map(),
    quarantine: new Map(),
    tablet: new Map(),
    refills: new Map(),
    today: new Map(),
    codes: new Map(),
  }
}

/** A store that lasts as long as its owner, for replayed rows and simulations: all or nothing, one transaction at a time. */
export function makeMemoryStore(): Store {
  const contents = emptyContents()
  let last: Promise<unknown> = Promise.resolve()
  return {
    transact(_durability, tables, work) {
      const run = last.then(() => commitTogether(contents, tables, work))
      last = run.catch(() => undefined)
      return run
    },
  }
}

async function commitTogether<R>(
  contents: Contents,
  tables: readonly TableName[],
  work: (tx: Transaction) => Promise<R>,
): Promise<R> {
  const undo: (() => void)[] = []
  const rowsOf = (table: TableName): Map<string, unknown> => {
    if (!tables.includes(table)) throw new Error(`${table} is not part of this transaction`)
    return contents[table]
  }
  const remember = (rows: Map<string, unknown>, id: string) => {
    const before = rows.get(id)
    undo.push(() => (before === undefined ? rows.delete(id) : rows.set(id, before)))
  }
  const tx: Transaction = {
    async get(table, id) {
      return structuredClone(rowsOf(table).get(id)) as Tables[typeof table] | undefined
    },
    async all(table) {
      return structuredClone([...rowsOf(table).values()]) as Tables[typeof table][]
    },
    async put(table, record) {
      remember(rowsOf(table), record.id)
      rowsOf(table).set(record.id, structuredClone(record))
    },
    async delete(table, id) {
      remember(rowsOf(table), id)
      rowsOf(table).delete(id)
    },
  }
  try {
    return await work(tx)
  } catch (error) {
    for (const step of undo.reverse()) step()
    throw error
  }
}
