import type { Device } from './device.ts'
import { type Draft, isOver } from './draft.ts'
import type { SlipRefusal } from './refusals.ts'
import type { DraftRecord } from './store.ts'

/** Answers whose slip turned out to be good for nothing. */
interface Stray {
  readonly refused: SlipRefusal
  /** How many items were answered. */
  readonly answered: number
}

/** Notes at a ticket's draft that its slip was refused, and why: a tab that looks later still says so. */
export async function markStray(device: Pick<Device, 'store'>, ticketId: string, refused: SlipRefusal): Promise<void> {
  await device.store.transact('strict', ['drafts'], async (tx) => {
    const draft = await tx.get('drafts', ticketId)
    if (draft) await tx.put('drafts', { ...draft, refused })
  })
}

/** The answers given before this very ticket's slip was refused; null when there are none, or their person kept them already. */
export async function strayOf(device: Pick<Device, 'store'>, ticketId: string): Promise<Stray | null> {
  const draft = await device.store.transact('relaxed', ['drafts'], (tx) => tx.get('drafts', ticketId))
  if (draft?.refused === undefined || draft.kept) return null
  return { refused: draft.refused as SlipRefusal, answered: Object.keys(draft.answers).length }
}

/**
 * Keeps a ticket's stray answers for the next slip: only whoever gave them may say so, because somebody else may scan on this
 * phone. Answers whether they are still there.
 */
export async function keepStray(device: Pick<Device, 'store'>, ticketId: string): Promise<boolean> {
  return device.store.transact('strict', ['drafts'], async (tx) => {
    const draft = await tx.get('drafts', ticketId)
    if (draft?.refused === undefined) return false
    await tx.put('drafts', { ...draft, kept: true })
    return true
  })
}

/** Deletes stray answers that nobody kept or that are a week old: whoever left them without a word is not asked again. */
export async function deleteForgottenStrays(device: Pick<Device, 'store' | 'clock'>): Promise<void> {
  await device.store.transact('strict', ['drafts'], async (tx) => {
    for (const draft of await tx.all('drafts')) {
      if (draft.refused !== undefined && (!draft.kept || isOver(device, draft))) await tx.delete('drafts', draft.id)
    }
  })
}

/** Gives kept stray answers to a ticket that asks the same questions and has none of its own; answers them, or null. */
export async function adoptStrayDraft(
  device: Pick<Device, 'store' | 'clock'>,
  ticketId: string,
  form: string,
): Promise<Draft | null> {
  return device.store.transact('strict', ['drafts', 'tickets'], async (tx) => {
    if (await tx.get('drafts', ticketId)) return null
    const stray = (await tx.all('drafts')).find((draft) => isForAnother(device, draft, form))
    if (!stray || !(await tx.get('tickets', ticketId))) return null
    const { kept: _kept, refused: _refused, ...draft } = stray
    await tx.put('drafts', { ...draft, id: ticketId })
    await tx.delete('drafts', stray.id)
    return { answers: draft.answers, coarse: draft.coarse }
  })
}

function isForAnother(device: Pick<Device, 'clock'>, draft: DraftRecord, form: string): boolean {
  return draft.kept === true && draft.form === form && !isOver(device, draft)
}
