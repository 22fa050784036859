import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import { encodePayload, type Payload } from '#protocol/payload'
import { receiptOf } from '#protocol/receipt'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { nullifierOf } from '#protocol/ticket'
import type { Device } from './device.ts'
import type { Draft } from './draft.ts'
import { type OutboxRecord, RECORD_VERSION, type ReadyTicket } from './store.ts'

/** What will be sealed, readable: for "see exactly what leaves this phone". */
export function payloadOf(campaign: Campaign, ticket: Pick<ReadyTicket, 'lane'>, draft: Draft): Payload {
  const form = campaign.manifest.lanes[ticket.lane]?.form
  if (!form) throw new Error(`campaign without lane ${ticket.lane}`)
  return { v: 1, form, part: ticket.lane, answers: draft.answers, coarse: draft.coarse }
}

/**
 * Seals complete answers, offline, once. Draft and ticket become a sealed response in one strict transaction;
 * a second click or a second tab finds it sealed already and gets the same response back.
 */
export async function sealDraft(
  device: Device,
  campaign: Campaign,
  ticket: ReadyTicket,
  draft: Draft,
): Promise<OutboxRecord> {
  return storeSealed(device, await sealResponse(campaign, ticket, draft))
}

/** Stores a sealed response in the place of its ticket; answers what is stored there: another one, when another tab was first. */
export async function storeSealed(device: Device, record: OutboxRecord): Promise<OutboxRecord> {
  return device.store.transact('strict', ['tickets', 'drafts', 'outbox'], async (tx) => {
    const sealedBefore = await tx.get('outbox', record.id)
    if (sealedBefore) return sealedBefore
    if (!(await tx.get('tickets', record.id))) throw new Error('the ticket was used in another tab')
    await tx.put('outbox', record)
    await tx.delete('tickets', record.id)
    await tx.delete('drafts', record.id)
    return record
  })
}

/** Seals complete answers with a ticket. Nothing is stored yet. */
export async function sealResponse(campaign: Campaign, ticket: ReadyTicket, draft: Draft): Promise<OutboxRecord> {
  const { manifest, cid, mh } = campaign
  const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey)
  const input = fromBase64Url(ticket.input, SIZES.ticketInput)
  if (!boxKey || !input) throw new Error('damaged campaign or ticket')
  const padded = encodePayload(payloadOf(campaign, ticket, draft), manifest.size)
  const { enc, ct } = await seal(boxKey, { cid, mh }, padded)
  return {
    id: ticket.id,
    v: RECORD_VERSION,
    cid: ticket.cid,
    input: ticket.input,
    sig: ticket.sig,
    enc: toBase64Url(enc),
    ct: toBase64Url(ct),
    receipt: receiptOf(await nullifierOf(input)),
    state: 'waiting',
  }
}
