import { LANES, type Lane } from '#protocol/lane'
import { readRefusal } from '#protocol/messages'
import { type Closing, readReceipts, readSlipCounts, type TicketCounts } from '#protocol/published'
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

export type Published =
  | { readonly outcome: 'published'; readonly lanes: readonly PublishedLane[]; readonly closing: Closing }
  | { readonly outcome: 'not-yet' }
  | { readonly outcome: 'not-reached' }

/** The published lists of a campaign. The whole list comes to the phone; which receipt is looked for never leaves it. */
export async function loadPublished(device: Device, cid: string): Promise<Published> {
  const reply = await askCollector(device, `/v2/campaigns/${cid}/receipts`)
  if (reply.reached && reply.json && readRefusal(reply.body) === 'not-published') return { outcome: 'not-yet' }
  const found = read(reply, readReceipts)
  if (!found) return { outcome: 'not-reached' }
  const counts = read(await askCollector(device, `/v2/campaigns/${cid}/slips`), readSlipCounts)
  const lanes = LANES.flatMap((lane) => {
    const list = found.lanes[lane]
    return list ? [{ lane, receipts: list.receipts, slips: counts?.[lane] ?? null }] : []
  })
  return { outcome: 'published', lanes, closing: found.closing }
}

function read<T>(reply: Reply, reader: (body: Uint8Array) => T | null): T | null {
  return reply.reached && reply.json && reply.status === 200 ? reader(reply.body) : null
}
