import { lastTicket, markHoldings, rememberTicket, wasWiped } from '#device/browser/marker'
import type { Device } from '#device/device'
import { loadDraft } from '#device/draft'
import { readHoldings, resumeTicket } from '#device/holdings'
import { StorageError, type StorageFault } from '#device/store'
import { redeemSlip, type TicketOutcome } from '#device/ticket'
import type { Slip } from '#protocol/slip-link'
import { asksTheSame, questionnaireOf } from './questionnaires.ts'
import type { Stage } from './stage.ts'

/** The device, and how to fetch what answering needs. */
export interface Phone {
  readonly device: Device
  readonly loadAnswering: () => Promise<boolean>
}

/** What to show for a slip that was just scanned. Never throws: storage trouble is a stage too. */
export function stageOfSlip(phone: Phone, slip: Slip | 'damaged'): Promise<Stage> {
  const { device } = phone
  return inWords(async () => {
    if (slip === 'damaged') return { at: 'problem', problem: 'link-damaged', canContinue: await holdsSomething(device) }
    return stageOfTicket(phone, await redeemSlip(device, slip))
  })
}

/** What to show when the app is opened without a slip: go on with a ticket, a delivery, or begin. */
export function stageOfHoldings(phone: Phone): Promise<Stage> {
  const { device } = phone
  return inWords(async () => {
    const { tickets, outbox, receipts } = await readHoldings(device)
    if (wasWiped(tickets.length + outbox.length)) {
      markHoldings(0)
      return { at: 'storage', fault: 'storage-wiped' }
    }
    const resumed = await resumeTicket(device, lastTicket())
    if (resumed) return stageOfTicket(phone, resumed)
    const [record] = outbox
    if (record) return { at: 'delivery', id: record.id, record, receipt: record.receipt }
    return { at: 'home', receipts }
  })
}

/** The delivery screen as the store has it now. */
export function stageOfDelivery(device: Device, id: string, receipt: string): Promise<Stage> {
  return inWords(async () => {
    const { tickets, outbox } = await readHoldings(device)
    markHoldings(tickets.length + outbox.length)
    return { at: 'delivery', id, record: outbox.find((one) => one.id === id) ?? null, receipt }
  })
}

async function stageOfTicket({ device, loadAnswering }: Phone, outcome: TicketOutcome): Promise<Stage> {
  if (outcome.outcome === 'refused') {
    const { tickets, outbox } = await readHoldings(device)
    markHoldings(tickets.length + outbox.length)
    return { at: 'problem', problem: outcome.reason, canContinue: tickets.length + outbox.length > 0 }
  }
  const { ticket, campaign } = outcome
  rememberTicket(ticket.id)
  markHoldings(1)
  if (outcome.outcome === 'waiting' || !(await loadAnswering())) return { at: 'waiting', lane: ticket.lane, campaign }
  const form = outcome.campaign.manifest.lanes[ticket.lane]?.form ?? ''
  const questionnaire = questionnaireOf(form)
  if (!questionnaire || !(await asksTheSame(outcome.campaign.manifest, form))) {
    return { at: 'problem', problem: 'app-outdated', canContinue: false }
  }
  const draft = await loadDraft(device, ticket.id)
  return { at: 'welcome', session: { ticket: outcome.ticket, campaign: outcome.campaign, questionnaire, draft } }
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

/** Storage trouble by name; anything unexpected while reading the device is told as storage that does not answer. */
export function faultOf(error: unknown): StorageFault {
  return error instanceof StorageError ? error.fault : 'storage-unavailable'
}
