import type { Device } from './device.ts'
import { RECORD_VERSION, type TableName, type Tables, type Transaction } from './store.ts'

const TABLES = [
  'campaigns',
  'tickets',
  'drafts',
  'outbox',
  'receipts',
  'tablet',
  'refills',
  'today',
  'codes',
] as const satisfies readonly TableName[]

interface AnyRecord {
  readonly id: string
  readonly v: number
}

/**
 * Moves records this version cannot read aside, as they are, so that they block nothing and are not lost; and those it can
 * read, which an older version had set aside, back to where they were. Answers how many were set aside.
 */
export async function quarantineUnreadable(device: Device): Promise<number> {
  return device.store.transact('strict', [...TABLES, 'quarantine'], async (tx) => {
    await takeBack(tx)
    let moved = 0
    for (const table of TABLES) {
      const records: readonly AnyRecord[] = await tx.all(table)
      for (const record of records.filter(({ v }) => v !== RECORD_VERSION)) {
        await tx.put('quarantine', { id: `${table}/${record.id}`, v: RECORD_VERSION, table, record })
        await tx.delete(table, record.id)
        moved += 1
      }
    }
    return moved
  })
}

async function takeBack(tx: Transaction): Promise<void> {
  for (const { id, table, record } of await tx.all('quarantine')) {
    const { id: ownId, v } = record as AnyRecord
    // what is in its place by now came later and counts
    if (v !== RECORD_VERSION || (await tx.get(table, ownId))) continue
    await tx.put(table, record as Tables[typeof table])
    await tx.delete('quarantine', id)
  }
}
