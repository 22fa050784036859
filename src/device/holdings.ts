import { utf8 } from '#protocol/bytes'
import { type Campaign, readCampaign } from '#protocol/manifest'
import type { Device } from './device.ts'
import type { OutboxRecord, ReceiptRecord, TicketRecord } from './store.ts'

/** What this device holds for its person: unused tickets, sealed responses on their way, receipts. */
export interface Holdings {
  readonly tickets: readonly TicketRecord[]
  readonly outbox: readonly OutboxRecord[]
  readonly receipts: readonly ReceiptRecord[]
}

/** Reads what the device holds, together. */
export function readHoldings(device: Device): Promise<Holdings> {
  return device.store.transact('relaxed', ['tickets', 'outbox', 'receipts'], async (tx) => ({
    tickets: await tx.all('tickets'),
    outbox: await tx.all('outbox'),
    receipts: await tx.all('receipts'),
  }))
}

/** The campaigns whose manifests this device has stored. */
export async function knownCampaigns(device: Device): Promise<Campaign[]> {
  const records = await device.store.transact('relaxed', ['campaigns'], (tx) => tx.all('campaigns'))
  const campaigns = await Promise.all(records.map(({ manifest }) => readCampaign(utf8(manifest))))
  return campaigns.filter((campaign) => campaign !== null)
}

/** The ticket to go on with after a reload: the one last used here, else any. */
export function ticketToResume(tickets: readonly TicketRecord[], lastUsed: string | null): TicketRecord | undefined {
  return tickets.find(({ id }) => id === lastUsed) ?? tickets[0]
}

/** Whether a ticket is still there to be answered. A store that does not answer counts as yes: then trying again is right. */
export function holdsTicket(device: Device, id: string): Promise<boolean> {
  return device.store
    .transact('relaxed', ['tickets'], (tx) => tx.get('tickets', id))
    .then(
      (ticket) => ticket !== undefined,
      () => true,
    )
}

/** Removes receipts from this device: whoever takes it into their hand no longer sees that its person answered. Throws a StorageError. */
export async function forgetReceipts(device: Device, ids: readonly string[]): Promise<void> {
  await device.store.transact('strict', ['receipts'], async (tx) => {
    for (const id of ids) await tx.delete('receipts', id)
  })
}
