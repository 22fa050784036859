import { isRecord, parseJson } from '#protocol/json'
import { isLane, type Lane } from '#protocol/lane'
import { readRefusal } from '#protocol/messages'
import { askCollector, type Reply } from './ask-collector.ts'
import type { Device } from './device.ts'

/** What is published of one lane after closing. */
export interface PublishedLane {
  readonly lane: Lane
  /** One for every response that was counted, sorted. */
  readonly receipts: readonly string[]
  /** Where its tickets came from; null where the issuer is not reached. */
  readonly slips: TicketCounts | null
}

/** Slips printed and exchanged, tickets given to tablets at counters, and on request to whoever scanned the poster. */
export type TicketCounts = Readonly<Record<(typeof TICKET_COUNTS)[number], number>>

const TICKET_COUNTS = ['printed', 'exchanged', 'toTablets', 'onRequest'] as const

export type Published =
  | { readonly outcome: 'published'; readonly lanes: readonly PublishedLane[] }
  | { readonly outcome: 'not-yet' }
  | { readonly outcome: 'not-reached' }

/** The published lists of a campaign. The whole list comes to the phone; which receipt is looked for never leaves it. */
export async function loadPublished(device: Device, cid: string): Promise<Published> {
  const reply = await askCollector(device, `/v2/campaigns/${cid}/receipts`)
  if (reply.reached && reply.json && readRefusal(reply.body) === 'not-published') return { outcome: 'not-yet' }
  const lists = lanesIn(reply)
  if (!lists) return { outcome: 'not-reached' }
  const counts = lanesIn(await askCollector(device, `/v2/campaigns/${cid}/slips`)) ?? {}
  const lanes = Object.entries(lists).flatMap(([lane, list]) => {
    if (!isLane(lane) || !isRecord(list) || !Array.isArray(list.receipts)) return []
    return [{ lane, receipts: list.receipts.map(String), slips: slipsOf(counts[lane]) }]
  })
  return { outcome: 'published', lanes }
}

function lanesIn(reply: Reply): Readonly<Record<string, unknown>> | null {
  const value = reply.reached && reply.json && reply.status === 200 ? parseJson(reply.body) : null
  return isRecord(value) && value.v === 1 && isRecord(value.lanes) ? value.lanes : null
}

function slipsOf(value: unknown): PublishedLane['slips'] {
  if (!isRecord(value)) return null
  // an issuer of an earlier version does not name the last two
  const counts = TICKET_COUNTS.map((name) => [name, value[name] ?? 0] as const)
  return counts.every(([, count]) => typeof count === 'number') ? (Object.fromEntries(counts) as TicketCounts) : null
}
