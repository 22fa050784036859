import type { Device } from './device.ts'
import { RECORD_VERSION, type TableName } from './store.ts'

const TABLES = ['campaigns', 'tickets', 'drafts', 'outbox', 'receipts'] as const satisfies readonly TableName[]

/** Moves records this version cannot read aside, as they are, so that they block nothing and are not lost. Answers how many. */
export async function quarantineUnreadable(device: Device): Promise<number> {
  return device.store.transact('strict', [...TABLES, 'quarantine'], async (tx) => {
    let moved = 0
    for (const table of TABLES) {
      const records: readonly { readonly id: string; readonly v: number }[] = await tx.all(table)
      for (const record of records.filter(({ v }) => v !== RECORD_VERSION)) {
        await tx.put('quarantine', { id: `${table}/${record.id}`, v: RECORD_VERSION, table, record })
        await tx.delete(table, record.id)
        moved += 1
      }
    }
    return moved
  })
}
