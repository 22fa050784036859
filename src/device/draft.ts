import type { Answers } from '#survey/answers'
import type { Device } from './device.ts'
import { type DraftRecord, RECORD_VERSION } from './store.ts'

/** A forgotten draft deletes itself: whoever holds the phone could read it. */
export const DRAFT_LIFE_MS = 7 * 24 * 60 * 60 * 1000

export interface Draft {
  readonly answers: Answers
  readonly coarse: Readonly<Record<string, string>>
}

/**
 * Saves answers on top of what is stored, so that a second tab adds to the draft instead of replacing it. Resolves when
 * they are stored; false when there is no ticket any more (sealed in another tab, or the site's data was cleared).
 */
export async function saveDraft(device: Device, ticketId: string, added: Draft): Promise<boolean> {
  return device.store.transact('relaxed', ['drafts', 'tickets'], async (tx) => {
    if (!(await tx.get('tickets', ticketId))) return false
    const before = await tx.get('drafts', ticketId)
    const answers = { ...before?.answers, ...added.answers }
    const coarse = { ...before?.coarse, ...added.coarse }
    const record: DraftRecord = { id: ticketId, v: RECORD_VERSION, answers, coarse, savedAtMs: device.clock.now() }
    await tx.put('drafts', record)
    return true
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
