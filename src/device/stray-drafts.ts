import type { Device } from './device.ts'
import { type Draft, isOver } from './draft.ts'
import type { DraftRecord, Transaction } from './store.ts'

/** Answers whose slip turned out to be good for nothing. */
interface Stray {
  /** How many items were answered. */
  readonly answered: number
  /** Their person chose to use them with another slip. */
  readonly kept: boolean
}

/** Answers that have no ticket: they were given before the slip was refused. */
export async function strayDrafts(device: Pick<Device, 'store'>): Promise<Stray[]> {
  return device.store.transact('relaxed', ['drafts', 'tickets'], async (tx) => {
    const strays = await straysIn(tx)
    return strays.map(({ answers, kept = false }) => ({ answered: Object.keys(answers).length, kept }))
  })
}

/** Keeps stray answers for the next slip: only whoever gave them may say so, because somebody else may scan on this phone. */
export async function keepStrayDrafts(device: Pick<Device, 'store'>): Promise<void> {
  await device.store.transact('strict', ['drafts', 'tickets'], async (tx) => {
    for (const stray of await straysIn(tx)) await tx.put('drafts', { ...stray, kept: true })
  })
}

/** Deletes stray answers: all, or those that nobody kept or that are a week old. */
export async function deleteStrayDrafts(
  device: Pick<Device, 'store' | 'clock'>,
  which: 'all' | 'forgotten',
): Promise<void> {
  await device.store.transact('strict', ['drafts', 'tickets'], async (tx) => {
    for (const stray of await straysIn(tx))
      if (which === 'all' || !stray.kept || isOver(device, stray)) await tx.delete('drafts', stray.id)
  })
}

/** Gives kept stray answers to a ticket that asks the same questions and has none of its own; answers them, or null. */
export async function adoptStrayDraft(
  device: Pick<Device, 'store'>,
  ticketId: string,
  form: string,
): Promise<Draft | null> {
  return device.store.transact('strict', ['drafts', 'tickets'], async (tx) => {
    if (await tx.get('drafts', ticketId)) return null
    const stray = (await straysIn(tx)).find(({ kept, form: answered }) => kept && answered === form)
    if (!stray || !(await tx.get('tickets', ticketId))) return null
    const { kept: _, ...draft } = stray
    await tx.put('drafts', { ...draft, id: ticketId })
    await tx.delete('drafts', stray.id)
    return { answers: draft.answers, coarse: draft.coarse }
  })
}

async function straysIn(tx: Transaction): Promise<DraftRecord[]> {
  const tickets = new Set((await tx.all('tickets')).map(({ id }) => id))
  return (await tx.all('drafts')).filter(({ id }) => !tickets.has(id))
}
