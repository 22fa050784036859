import { isMarked, lastTicket, markHoldings, rememberTicket } from '#device/browser/marker'
import { loadKnownCampaign } from '#device/campaign'
import type { Device } from '#device/device'
import { type Draft, loadDraft } from '#device/draft'
import { type Holdings, readHoldings, ticketToResume } from '#device/holdings'
import { findOrKeepSlip } from '#device/keep-slip'
import { RECORD_VERSION, StorageError, type TicketRecord } from '#device/store'
import { adoptStrayDraft, strayOf } from '#device/stray-drafts'
import { advanceTicket, type RefusedTicket, redeemSlip, type TicketOutcome } from '#device/ticket'
import type { Lane } from '#protocol/lane'
import type { Campaign, ManifestForm } from '#protocol/manifest'
import type { Slip } from '#protocol/slip-link'
import type { KnownForm } from '#questions/forms.ts'
import type { Questionnaire } from '#survey/questionnaire'
import type { Fault, Stage } from './stage.ts'

/** The device, and how to fetch what answering needs. */
export interface Phone {
  readonly device: Device
  readonly loadAnswering: () => Promise<boolean>
  /** The questions a manifest names; null when this app does not have them. Rejects when they cannot be fetched now. */
  readonly loadForm: (form: ManifestForm, emblem?: string) => Promise<Questionnaire | null>
  /** The questions that a lane is most likely asked. Null when there are none; rejects when they cannot be fetched now. */
  readonly loadNewestForm: (lane: Lane) => Promise<KnownForm | null>
}

/** What to show for a slip that was just scanned. Never throws: storage trouble is a stage too. */
export function stageOfSlip(phone: Phone, slip: Slip | 'damaged'): Promise<Stage> {
  const { device } = phone
  return inWords(async () => {
    if (slip === 'damaged')
      return { at: 'problem', problem: 'link-damaged', canContinue: await holdsSomething(device), stray: null }
    const { id } = await findOrKeepSlip(device, slip)
    return stageOfTicket(phone, await redeemSlip(device, slip), id)
  })
}

/**
 * What may be begun before round and ticket have come, or before all is loaded that sealing needs; null when there is no
 * ticket. `last` is the ticket to look for first. Asks this phone only.
 */
export async function stageBefore(phone: Phone, last = lastTicket()): Promise<Stage | null> {
  try {
    const { tickets } = await readHoldings(phone.device)
    // nothing was set aside yet: what another version wrote is not for this one to read
    const readable = tickets.filter(({ v }) => v === RECORD_VERSION)
    const ticket = readable.find(({ id }) => id === last) ?? readable[0]
    if (!ticket) return null
    return await waiting(phone, ticket, await loadKnownCampaign(phone.device, ticket.cid), { isComing: true })
  } catch {
    // whoever looks next says what is wrong
    return null
  }
}

/** What to show when the app is opened without a slip: go on with a ticket, a delivery, or begin. */
export function stageOfHoldings(phone: Phone): Promise<Stage> {
  const { device } = phone
  return inWords(async () => {
    const { tickets, outbox, receipts } = await markedHoldings(device)
    if (await wasWiped(device)) return WIPED
    const resumed = ticketToResume(tickets, lastTicket())
    if (resumed) {
      rememberTicket(resumed.id)
      return stageOfTicket(phone, await advanceTicket(device, resumed), resumed.id)
    }
    const [record] = outbox
    if (record) return { at: 'delivery', id: record.id, record, receipt: record.receipt }
    return { at: 'home', receipts }
  })
}

/**
 * What has become of the very ticket that somebody answers with in this tab; another tab may have used another one last. Where
 * it is gone: why, if its slip was refused, and otherwise what the phone holds.
 */
export function stageOfOwn(phone: Phone, id: string): Promise<Stage> {
  const { device } = phone
  return inWords(async () => {
    const ticket = await device.store.transact('relaxed', ['tickets'], (tx) => tx.get('tickets', id))
    if (ticket) return stageOfTicket(phone, await advanceTicket(device, ticket), id)
    const stray = await strayOf(device, id)
    return stray ? stageOfRefusal(device, { ticket: id, reason: stray.refused }) : stageOfHoldings(phone)
  })
}

/** The delivery screen as the store has it now. Delivered is only what left a receipt; what is merely gone was wiped. */
export function stageOfDelivery(device: Device, id: string, receipt: string): Promise<Stage> {
  return inWords(async () => {
    const { outbox, receipts } = await markedHoldings(device)
    const record = outbox.find((one) => one.id === id) ?? null
    if (!record && !receipts.some((one) => one.id === receipt)) return WIPED
    return { at: 'delivery', id, record, receipt }
  })
}

/** A slip that was waiting and turned out to be good for nothing. */
export function stageOfRefusal(device: Device, { ticket, reason }: RefusedTicket): Promise<Stage> {
  return inWords(async () => {
    const { tickets, outbox } = await markedHoldings(device)
    const stray = await strayOf(device, ticket)
    return {
      at: 'problem',
      problem: reason,
      canContinue: tickets.length + outbox.length > 0,
      stray: stray && { ticket, answered: stray.answered },
    }
  })
}

const WIPED: Stage = { at: 'storage', fault: 'storage-wiped' }

/** What the device holds; also noted outside the database, where a wipe of it can be noticed. */
async function markedHoldings(device: Device): Promise<Holdings> {
  const holdings = await readHoldings(device)
  const stored = await device.store.transact('relaxed', ['campaigns'], (tx) => tx.all('campaigns'))
  // without a single campaign the database is new or was wiped: then the mark must stay as it is
  if (stored.length > 0) markHoldings(true)
  return holdings
}

/** Campaigns are never deleted: none, where something was stored before, means that the site's data was cleared. */
async function wasWiped(device: Device): Promise<boolean> {
  const stored = await device.store.transact('relaxed', ['campaigns', 'tickets'], async (tx) => [
    ...(await tx.all('campaigns')),
    ...(await tx.all('tickets')),
  ])
  if (stored.length > 0 || !isMarked()) return false
  markHoldings(false)
  return true
}

/** Something could not be fetched; it is asked for again. */
const NOT_NOW = 'not-now' as const

async function stageOfTicket(phone: Phone, outcome: TicketOutcome, id: string): Promise<Stage> {
  const { device, loadAnswering, loadForm } = phone
  if (outcome.outcome === 'refused') return stageOfRefusal(device, { ticket: id, reason: outcome.reason })
  const { ticket, campaign } = outcome
  await markedHoldings(device)
  const form = campaign?.manifest.lanes[ticket.lane]?.form
  const [screens, questionnaire] = await Promise.all([
    loadAnswering(),
    form ? loadForm(form, campaign.manifest.emblem).catch((): typeof NOT_NOW => NOT_NOW) : NOT_NOW,
  ])
  if (questionnaire === null) return { at: 'problem', problem: 'app-outdated', canContinue: false, stray: null }
  if (outcome.outcome === 'waiting' || !screens || questionnaire === NOT_NOW || !form) {
    return waiting(phone, ticket, campaign, { notYet: outcome.outcome === 'waiting' && outcome.notYet === true })
  }
  const draft = await draftFor(device, ticket, form.hash)
  const { ticket: ready, campaign: known } = outcome
  return { at: 'welcome', session: { ticket: ready, campaign: known, questionnaire, form: form.hash, draft } }
}

/** The ticket is on its way; its questions may be there already, or those that are most likely asked. */
async function waiting(
  phone: Phone,
  ticket: TicketRecord,
  campaign: Campaign | null,
  { isComing = false, notYet = false },
): Promise<Stage> {
  const { id, lane } = ticket
  const asked = campaign?.manifest.lanes[lane]?.form
  const known = await (asked ? askedForm(phone, asked) : phone.loadNewestForm(lane)).catch(() => null)
  const draft = known && (await draftFor(phone.device, ticket, known.hash))
  const session = known && { ticket, campaign, questionnaire: known.questionnaire, form: known.hash, draft }
  // before its day nothing is begun; what was begun before that was known can be looked at and deleted
  const isBegun = Object.keys(draft?.answers ?? {}).length > 0
  return { at: 'waiting', ticket: id, lane, campaign, isComing, notYet, session: notYet && !isBegun ? null : session }
}

async function askedForm({ loadForm }: Phone, form: ManifestForm): Promise<KnownForm | null> {
  const questionnaire = await loadForm(form)
  return questionnaire && { questionnaire, hash: form.hash }
}

/** A ticket's draft; its person may have kept one of a slip that was refused. */
async function draftFor(device: Device, { id }: TicketRecord, form: string): Promise<Draft | null> {
  return (await loadDraft(device, id, form)) ?? adoptStrayDraft(device, id, form)
}

async function holdsSomething(device: Device): Promise<boolean> {
  const { tickets, outbox } = await readHoldings(device)
  return tickets.length + outbox.length > 0
}

async function inWords(find: () => Promise<Stage>): Promise<Stage> {
  try {
    return await find()
  } catch (error) {
    return { at: 'storage', fault: faultOf(error) }
  }
}

/** Storage trouble by name. Anything else is a fault of this program: said so, and told to whoever can look. */
export function faultOf(error: unknown): Fault {
  if (error instanceof StorageError) return error.fault
  // biome-ignore lint/suspicious/noConsole: what nobody foresaw stands on this person's own phone, for whoever helps
  console.error(error)
  return 'unexpected'
}
