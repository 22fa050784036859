import { fromBase64Url, sameBytes, toBase64Url } from '#protocol/bytes'
import type { Campaign, ManifestLane } from '#protocol/manifest'
import { issueBody, readIssueAnswer, readRefusal } from '#protocol/messages'
import { loadSealing } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { Slip } from '#protocol/slip-link'
import { loadBlindSignatures } from '#protocol/ticket'
import { askCollector, type Reply } from './ask-collector.ts'
import { campaignIdBytes, loadCampaign, loadKnownCampaign } from './campaign.ts'
import type { Device } from './device.ts'
import { discardDraft } from './draft.ts'
import { findOrKeepSlip } from './keep-slip.ts'
import { overAfter, type SlipRefusal } from './refusals.ts'
import type { AskingTicket, ReadyTicket, ScannedSlip, TicketRecord } from './store.ts'
import { markStray } from './stray-drafts.ts'
import { blindedOf, blindPair, unblindPair } from './ticket-pair.ts'

export type TicketOutcome =
  | { readonly outcome: 'ready'; readonly ticket: ReadyTicket; readonly campaign: Campaign }
  /** Stored; asked for again, with the same bytes, when there is a network. */
  | {
      readonly outcome: 'waiting'
      readonly ticket: TicketRecord
      readonly campaign: Campaign | null
      /** Slips of this campaign are not exchanged yet: the collector said so, it is not the network. */
      readonly notYet?: true
    }
  | { readonly outcome: 'refused'; readonly reason: SlipRefusal }

/** Exchanges a slip for a ticket. The same slip again, on the same device, finds the same ticket. */
export async function redeemSlip(device: Device, slip: Slip): Promise<TicketOutcome> {
  return advanceTicket(device, await findOrKeepSlip(device, slip), slip.mh)
}

/** Stores a slip before anything else is done with it; null when a stored campaign contradicts it. Throws a StorageError. */
export async function keepSlip(device: Device, slip: Slip): Promise<TicketRecord | null> {
  const known = await loadKnownCampaign(device, toBase64Url(slip.cid))
  return known && !sameBytes(known.mh, slip.mh) ? null : findOrKeepSlip(device, slip)
}

/** One advance per ticket at a time in this tab; across tabs the transactions below decide. */
const underWay = new WeakMap<Device, Map<string, Promise<TicketOutcome>>>()

/** Takes a stored ticket as far as the network lets it: manifest, blinding, signature. */
export function advanceTicket(device: Device, ticket: TicketRecord, mh?: Uint8Array): Promise<TicketOutcome> {
  const running = underWay.get(device) ?? new Map<string, Promise<TicketOutcome>>()
  underWay.set(device, running)
  const current = running.get(ticket.id)
  // a slip with another hash must be compared for itself
  if (current && !mh) return current
  const run = advanceOnce(device, ticket, mh).finally(() => running.delete(ticket.id))
  running.set(ticket.id, run)
  return run
}

async function advanceOnce(device: Device, ticket: TicketRecord, mh?: Uint8Array): Promise<TicketOutcome> {
  const expected = mh ?? (ticket.state === 'scanned' ? hashBytes(ticket.mh) : undefined)
  const loaded = await loadCampaign(device, campaignIdBytes(ticket.cid), expected)
  if (loaded.outcome === 'refused') return refuse(device, ticket, loaded.reason)
  if (loaded.outcome === 'not-reached') return { outcome: 'waiting', ticket, campaign: null }
  const { campaign } = loaded
  // without its cryptography a phone is not ready: it could answer, but neither ask for a ticket nor seal
  if (!(await loadCryptography())) return { outcome: 'waiting', ticket, campaign }
  const keys = campaign.manifest.lanes[ticket.lane]
  if (!keys) return refuse(device, ticket, 'lane-unknown')
  const current = ticket.state === 'scanned' ? await blindScanned(device, ticket, keys) : ticket
  if (!current) return { outcome: 'refused', reason: 'code-used' }
  if (current.state === 'ready') return { outcome: 'ready', ticket: current, campaign }
  if (current.state === 'scanned') return { outcome: 'waiting', ticket: current, campaign }
  return askForSignatures(device, current, campaign, keys)
}

/** Loads what blinding and sealing need; false when it cannot be had now. */
export async function loadCryptography(): Promise<boolean> {
  return Promise.all([loadBlindSignatures(), loadSealing()]).then(
    () => true,
    () => false,
  )
}

/** A ticket that will never come, and why. */
export interface RefusedTicket {
  /** Its record's id; the record is gone. */
  readonly ticket: string
  readonly reason: SlipRefusal
}

/** Takes every waiting ticket further. Answers how many still wait, and which were refused: one phone may hold several people's. */
export async function advanceWaitingTickets(
  device: Device,
): Promise<{ readonly waiting: number; readonly refused: readonly RefusedTicket[] }> {
  const tickets = await device.store.transact('relaxed', ['tickets'], (tx) => tx.all('tickets'))
  let waiting = 0
  const refused: RefusedTicket[] = []
  for (const ticket of tickets.filter(({ state }) => state !== 'ready')) {
    const outcome = await advanceTicket(device, ticket)
    if (outcome.outcome === 'waiting') waiting += 1
    if (outcome.outcome === 'refused') refused.push({ ticket: ticket.id, reason: outcome.reason })
  }
  return { waiting, refused }
}

async function blindScanned(
  device: Device,
  ticket: ScannedSlip,
  keys: ManifestLane,
): Promise<TicketRecord | undefined> {
  const { id, v, cid, lane, slip, code } = ticket
  const blanks = await blindPair(device, cid, lane, keys)
  return replaceTicket(device, ticket, { id, v, cid, lane, slip, code, state: 'asking', ...blanks })
}

/**
 * Puts a ticket's next state only if the stored one is still the state it came from, and answers what is stored then.
 * Another tab may have gone further meanwhile: its bytes were asked for, so they are the ones that count; and a ticket
 * that was sealed and delivered meanwhile must not come back.
 */
function replaceTicket(device: Device, from: TicketRecord, to: TicketRecord | null): Promise<TicketRecord | undefined> {
  return device.store.transact('strict', ['tickets'], async (tx) => {
    const stored = await tx.get('tickets', from.id)
    if (!stored || JSON.stringify(stored) !== JSON.stringify(from)) return stored
    if (to) await tx.put('tickets', to)
    else await tx.delete('tickets', from.id)
    return to ?? undefined
  })
}

async function askForSignatures(
  device: Device,
  ticket: AskingTicket,
  campaign: Campaign,
  keys: ManifestLane,
): Promise<TicketOutcome> {
  const body = issueBody(campaign.cid, ticket.code, blindedOf(ticket))
  const reply = await askCollector(device, '/v2/issue', body)
  if (saidBy(reply) === 'issue-not-open') return { outcome: 'waiting', ticket, campaign, notYet: true }
  const refusal = refusalOf(reply)
  if (refusal) return refuse(device, ticket, refusal)
  const signed = reply.reached && reply.json && reply.status === 200 ? readIssueAnswer(reply.body) : null
  const pair = signed && (await unblindPair(ticket, signed, keys))
  // a signature that does not verify is no answer at all: the code is kept, so that asking again loses nothing
  if (!pair) return { outcome: 'waiting', ticket, campaign }
  const { id, v, cid, lane, slip } = ticket
  const ready: ReadyTicket = { id, v, cid, lane, slip, state: 'ready', ...pair }
  const stored = await replaceTicket(device, ticket, ready)
  // gone: it was sealed in another tab while this answer was on its way
  return stored?.state === 'ready'
    ? { outcome: 'ready', ticket: stored, campaign }
    : { outcome: 'refused', reason: 'code-used' }
}

/** Only an answer in the collector's own words refuses a slip; a proxy's 403 page does not. */
function refusalOf(reply: Reply): SlipRefusal | null {
  return overAfter('slip', saidBy(reply))
}

function saidBy(reply: Reply): string | null {
  return reply.reached && reply.json ? readRefusal(reply.body) : null
}

/** After these, answers that were given already can still be used: with another slip. */
const ANOTHER_SLIP_HELPS: readonly SlipRefusal[] = ['code-used', 'code-unknown']

/**
 * Forgets a slip that is good for nothing, unless it turned into a ticket meanwhile; a ready ticket is never forgotten.
 * Answers go with it where no other slip would help.
 */
async function refuse(device: Device, ticket: TicketRecord, reason: SlipRefusal): Promise<TicketOutcome> {
  if (ticket.state === 'ready') return { outcome: 'refused', reason }
  if (await replaceTicket(device, ticket, null)) return { outcome: 'refused', reason }
  if (ANOTHER_SLIP_HELPS.includes(reason)) await markStray(device, ticket.id, reason)
  else await discardDraft(device, ticket.id)
  return { outcome: 'refused', reason }
}

function hashBytes(text: string): Uint8Array {
  const bytes = fromBase64Url(text, SIZES.manifestHash)
  if (!bytes) throw new Error('damaged slip')
  return bytes
}
