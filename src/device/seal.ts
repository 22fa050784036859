import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import { encodePayload, type Payload } from '#protocol/payload'
import { receiptOf } from '#protocol/receipt'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { nullifierOf } from '#protocol/ticket'
import { formOf } from './campaign.ts'
import type { Device } from './device.ts'
import type { Draft } from './draft.ts'
import { type OutboxRecord, RECORD_VERSION, type ReadyTicket } from './store.ts'

/** What will be sealed, readable: for "see exactly what leaves this phone". */
export function payloadOf(campaign: Campaign, ticket: Pick<ReadyTicket, 'lane'>, draft: Draft): Payload {
  return {
    v: 2,
    form: formOf(campaign, ticket.lane).id,
    part: ticket.lane,
    answers: draft.answers,
    coarse: draft.coarse,
  }
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
): Promise<SealOutcome> {
  return storeSealed(device, await sealResponse(campaign, ticket, draft))
}

/** The sealed response that is stored now; `ticket-gone` when another tab sealed with this ticket and delivered already. */
export type SealOutcome =
  | { readonly outcome: 'sealed'; readonly record: OutboxRecord }
  | { readonly outcome: 'ticket-gone' }

/** Stores a sealed response in the place of its ticket; answers what is stored there: another one, when another tab was first. */
export async function storeSealed(device: Device, record: OutboxRecord): Promise<SealOutcome> {
  return device.store.transact('strict', ['tickets', 'drafts', 'outbox'], async (tx) => {
    const sealedBefore = await tx.get('outbox', record.id)
    if (sealedBefore) return { outcome: 'sealed', record: sealedBefore }
    if (!(await tx.get('tickets', record.id))) return { outcome: 'ticket-gone' }
    await tx.put('outbox', record)
    await tx.delete('tickets', record.id)
    await tx.delete('drafts', record.id)
    return { outcome: 'sealed', record }
  })
}

/** Seals complete answers with a ticket. Nothing is stored yet. */
export async function sealResponse(campaign: Campaign, ticket: ReadyTicket, draft: Draft): Promise<OutboxRecord> {
  const { manifest, cid, mh } = campaign
  const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey)
  const input = fromBase64Url(ticket.input, SIZES.ticketInput)
  const inner = {
    input: fromBase64Url(ticket.inner.input, SIZES.ticketInput),
    sig: fromBase64Url(ticket.inner.sig, SIZES.signature),
  }
  if (!boxKey || !input || !inner.input || !inner.sig) throw new Error('damaged campaign or ticket')
  const ticketInside = { input: inner.input, sig: inner.sig }
  const padded = encodePayload(payloadOf(campaign, ticket, draft), ticketInside, manifest.size)
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
