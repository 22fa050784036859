import { boxBody, type ItemResult, readBoxAnswer, readRefusal } from '#protocol/messages'
import { askCollector, type Reply } from '../ask-collector.ts'
import type { Device } from '../device.ts'
import { type Trouble, troubleAfter } from '../refusals.ts'
import type { OutboxRecord } from '../store.ts'

/** What the device must do next with a delivered batch. Nothing is deleted except on `kept`. */
export type Delivery =
  | { readonly outcome: 'answered'; readonly results: readonly ItemResult[] }
  /** The collector read the body and did not like it: halve the batch; a single item is refused for good. */
  | { readonly outcome: 'rejected' }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'later'; readonly trouble: Trouble; readonly retryAfterMs?: number }

/** Delivers up to sixteen sealed responses of one campaign. Never throws. */
export async function deliver(device: Device, cid: string, records: readonly OutboxRecord[]): Promise<Delivery> {
  const reply = await askCollector(device, '/v2/box', boxBody(cid, records))
  if (!reply.reached) return { outcome: 'later', trouble: 'not-reached' }
  if (reply.status === 413) return { outcome: 'too-large' }
  if (!reply.json) return { outcome: 'later', trouble: 'not-reached' }
  const results = reply.status === 200 ? readBoxAnswer(reply.body, records.length) : null
  return results ? { outcome: 'answered', results } : judgeRefusal(reply)
}

function judgeRefusal(reply: Reply & { readonly reached: true }): Delivery {
  const said = readRefusal(reply.body)
  // without our own words it is a portal or a proxy, whatever its status: never a reason to give up a response
  if (said === null) return { outcome: 'later', trouble: 'not-reached' }
  // a body that was cut off on the way says nothing about the response in it
  const readable = said !== 'body-unreadable'
  if (readable && (reply.status === 400 || reply.status === 422)) return { outcome: 'rejected' }
  const wait = reply.retryAfterMs === undefined ? {} : { retryAfterMs: reply.retryAfterMs }
  return { outcome: 'later', trouble: troubleAfter(said), ...wait }
}
