import type { Answers } from '#survey/answers'
import type { Device } from './device.ts'
import { type DraftRecord, RECORD_VERSION } from './store.ts'

/** A forgotten draft deletes itself: whoever holds the phone could read it. */
export const DRAFT_LIFE_MS = 7 * 24 * 60 * 60 * 1000

export interface Draft {
  readonly answers: Answers
  readonly coarse: Readonly<Record<string, string>>
}

/** Saves what was answered so far. Resolves when it is stored. */
export async function saveDraft(device: Device, ticketId: string, draft: Draft): Promise<void> {
  const record: DraftRecord = { id: ticketId, v: RECORD_VERSION, ...draft, savedAtMs: device.clock.now() }
  await device.store.transact('relaxed', ['drafts', 'tickets'], async (tx) => {
    // a second tab may have sealed meanwhile; then there is no ticket to draft for
    if (await tx.get('tickets', ticketId)) await tx.put('drafts', record)
  })
}

/** The draft of a ticket, or null. Drafts older than a week are deleted instead. */
export async function loadDraft(device: Device, ticketId: string): Promise<Draft | null> {
  return device.store.transact('relaxed', ['drafts'], async (tx) => {
    const record = await tx.get('drafts', ticketId)
    if (!record) return null
    // a clock set back must not keep a draft for ever, nor one set forward delete today's
    if (Math.abs(device.clock.now() - record.savedAtMs) <= DRAFT_LIFE_MS)
      return { answers: record.answers, coarse: record.coarse }
    await tx.delete('drafts', ticketId)
    return null
  })
}

/** Deletes the answers given so far; the ticket stays, so that one can begin again. */
export async function discardDraft(device: Device, ticketId: string): Promise<void> {
  await device.store.transact('strict', ['drafts'], (tx) => tx.delete('drafts', ticketId))
}
