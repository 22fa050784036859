import type { Answers } from '#survey/answers'
import type { Device } from './device.ts'
import { type DraftRecord, RECORD_VERSION } from './store.ts'

/** A forgotten draft deletes itself: whoever holds the phone could read it. */
export const DRAFT_LIFE_MS = 7 * 24 * 60 * 60 * 1000

/** Where drafts are kept, and what says how old they are. */
interface Keeper extends Pick<Device, 'store'> {
  readonly clock: Pick<Device['clock'], 'now'>
}

export interface Draft {
  readonly answers: Answers
  readonly coarse: Readonly<Record<string, string>>
}

/**
 * Saves answers on top of what is stored, so that a second tab adds to the draft instead of replacing it. `form` is the hash
 * of the questions that were answered: one may begin before it is known which ones the round asks, and answers to others are
 * replaced, never mixed. Resolves when they are stored; false when there is no ticket any more (sealed in another tab, or the
 * site's data was cleared).
 */
export async function saveDraft(device: Keeper, ticketId: string, form: string, added: Draft): Promise<boolean> {
  return device.store.transact('relaxed', ['drafts', 'tickets'], async (tx) => {
    if (!(await tx.get('tickets', ticketId))) return false
    const stored = await tx.get('drafts', ticketId)
    const before = stored?.form === form ? stored : undefined
    const answers = { ...before?.answers, ...added.answers }
    const coarse = { ...before?.coarse, ...added.coarse }
    const savedAtMs = device.clock.now()
    const record: DraftRecord = { id: ticketId, v: RECORD_VERSION, form, answers, coarse, savedAtMs }
    await tx.put('drafts', record)
    return true
  })
}

/** The draft of a ticket to these questions, or null. Drafts older than a week are deleted instead. */
export async function loadDraft(device: Keeper, ticketId: string, form: string): Promise<Draft | null> {
  return device.store.transact('relaxed', ['drafts'], async (tx) => {
    const record = await tx.get('drafts', ticketId)
    if (record?.v !== RECORD_VERSION) return null
    if (isOver(device, record)) await tx.delete('drafts', ticketId)
    else if (record.form === form) return { answers: record.answers, coarse: record.coarse }
    return null
  })
}

/** Deletes the answers given so far; the ticket stays, so that one can begin again. */
export async function discardDraft(device: Device, ticketId: string): Promise<void> {
  await device.store.transact('strict', ['drafts'], (tx) => tx.delete('drafts', ticketId))
}

/** A clock set back must not keep a draft for ever, nor one set forward delete today's. */
export function isOver(device: Pick<Keeper, 'clock'>, { savedAtMs }: DraftRecord): boolean {
  return Math.abs(device.clock.now() - savedAtMs) > DRAFT_LIFE_MS
}
