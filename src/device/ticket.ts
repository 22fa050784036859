import { concat, fromBase64Url, sameBytes, sha256, toBase64Url, utf8 } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import { issueBody, readIssueAnswer, readRefusal } from '#protocol/messages'
import { SIZES } from '#protocol/sizes'
import type { Slip } from '#protocol/slip-link'
import { blindTicket, finalizeTicket, prepareTicket } from '#protocol/ticket'
import { askCollector, type Reply } from './ask-collector.ts'
import { campaignIdBytes, knownCampaign, loadCampaign } from './campaign.ts'
import type { Device } from './device.ts'
import { type AskingTicket, RECORD_VERSION, type ReadyTicket, type TicketRecord } from './store.ts'

/** Why a slip gives no ticket. */
export type SlipRefusal =
  | 'campaign-unknown'
  | 'campaign-closed'
  | 'code-unknown'
  | 'code-used'
  | 'lane-unknown'
  | 'manifest-mismatch'

export type TicketOutcome =
  | { readonly outcome: 'ready'; readonly ticket: ReadyTicket; readonly campaign: Campaign }
  /** Stored; the same bytes are asked for again when there is a network. */
  | { readonly outcome: 'waiting'; readonly ticket: AskingTicket | null }
  | { readonly outcome: 'refused'; readonly reason: SlipRefusal }

/** Exchanges a slip for a ticket. The same slip again, on the same device, finds the same ticket. */
export async function redeemSlip(device: Device, slip: Slip): Promise<TicketOutcome> {
  const loaded = await loadCampaign(device, slip.cid, slip.mh)
  if (loaded.outcome === 'refused') return loaded
  if (loaded.outcome === 'not-reached') return { outcome: 'waiting', ticket: null }
  const { campaign } = loaded
  const lane = campaign.manifest.lanes[slip.lane]
  if (!lane) return { outcome: 'refused', reason: 'lane-unknown' }
  const ticket = (await findTicket(device, slip)) ?? (await makeTicket(device, slip, lane.issuerKey))
  return ticket.state === 'ready' ? { outcome: 'ready', ticket, campaign } : askForTicket(device, ticket, campaign)
}

/** Asks (again) for a ticket that was stored before asking. */
export async function askForTicket(device: Device, ticket: AskingTicket, campaign: Campaign): Promise<TicketOutcome> {
  const issuerKey = campaign.manifest.lanes[ticket.lane]?.issuerKey
  const [input, inv, blinded] = [bytesOf(ticket.input), bytesOf(ticket.inv), bytesOf(ticket.blinded)]
  const reply = await askCollector(device, '/v1/issue', issueBody(campaign.cid, ticket.code, blinded))
  const refusal = refusalOf(reply)
  if (refusal || !issuerKey) return refuse(device, ticket, refusal ?? 'lane-unknown')
  const blindSignature = reply.reached && reply.json && reply.status === 200 ? readIssueAnswer(reply.body) : null
  if (!blindSignature) return { outcome: 'waiting', ticket }
  const sig = await finalizeTicket(issuerKey, input, blindSignature, inv).catch(() => null)
  // a signature that does not verify is no answer at all; the code is kept, so that nothing is lost by asking again
  if (!sig) return { outcome: 'waiting', ticket }
  const { id, v, cid, lane, slip } = ticket
  const ready: ReadyTicket = { id, v, cid, lane, slip, input: ticket.input, state: 'ready', sig: toBase64Url(sig) }
  await device.store.transact('strict', ['tickets'], (tx) => tx.put('tickets', ready))
  return { outcome: 'ready', ticket: ready, campaign }
}

/** Asks again for every ticket that has not come yet. Answers how many are still waiting. */
export async function askForWaitingTickets(device: Device): Promise<number> {
  const tickets = await device.store.transact('relaxed', ['tickets'], (tx) => tx.all('tickets'))
  let waiting = 0
  for (const ticket of tickets) {
    const campaign = ticket.state === 'asking' ? await knownCampaign(device, ticket.cid) : null
    if (ticket.state !== 'asking' || !campaign) continue
    const { outcome } = await askForTicket(device, ticket, campaign)
    if (outcome === 'waiting') waiting += 1
  }
  return waiting
}

async function findTicket(device: Device, slip: Slip): Promise<TicketRecord | undefined> {
  const tickets = await device.store.transact('relaxed', ['tickets'], (tx) => tx.all('tickets'))
  for (const ticket of tickets) {
    const sameCampaign = sameBytes(campaignIdBytes(ticket.cid), slip.cid)
    if (sameCampaign && ticket.slip === (await slipTag(ticket.id, slip.code))) return ticket
  }
  return undefined
}

async function makeTicket(device: Device, slip: Slip, issuerKey: string): Promise<AskingTicket> {
  const id = toBase64Url(device.random.bytes(16))
  const input = prepareTicket(slip.cid, slip.lane, device.random.bytes(SIZES.nonce))
  const { blinded, inv } = await blindTicket(issuerKey, input)
  const ticket: AskingTicket = {
    id,
    v: RECORD_VERSION,
    state: 'asking',
    cid: toBase64Url(slip.cid),
    lane: slip.lane,
    slip: await slipTag(id, slip.code),
    code: slip.code,
    input: toBase64Url(input),
    inv: toBase64Url(inv),
    blinded: toBase64Url(blinded),
  }
  await device.store.transact('strict', ['tickets'], (tx) => tx.put('tickets', ticket))
  return ticket
}

/** Only an answer in the collector's own words refuses a slip; a proxy's 403 page does not. */
function refusalOf(reply: Reply): SlipRefusal | null {
  const said = reply.reached && reply.json ? readRefusal(reply.body) : null
  const final: readonly SlipRefusal[] = ['campaign-unknown', 'campaign-closed', 'code-unknown', 'code-used', 'lane-unknown']
  return final.find((reason) => reason === said) ?? null
}

async function refuse(device: Device, ticket: AskingTicket, reason: SlipRefusal): Promise<TicketOutcome> {
  await device.store.transact('strict', ['tickets'], (tx) => tx.delete('tickets', ticket.id))
  return { outcome: 'refused', reason }
}

async function slipTag(ticketId: string, code: string): Promise<string> {
  return toBase64Url(await sha256(concat(utf8(`ita/slip/v1 ${ticketId} `), utf8(code))))
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64Url(text, Math.floor((text.length * 3) / 4))
  if (!bytes) throw new Error('damaged ticket')
  return bytes
}
