import { placeIn } from '#protocol/day'
import { shuffled } from '#protocol/shuffled'
import { MAX_ITEMS } from '#protocol/sizes'
import { loadKnownCampaign } from '../campaign.ts'
import type { Device } from '../device.ts'
import type { Trouble } from '../refusals.ts'
import { type OutboxRecord, RECORD_VERSION, type ReceiptRecord } from '../store.ts'
import { type Delivery, deliver } from './deliver.ts'

/** What one round of delivering achieved. */
export interface FlushReport {
  readonly kept: number
  readonly refused: number
  /** The first thing that stopped a batch, or null when every batch was answered. */
  readonly trouble: Trouble | null
  readonly retryAfterMs: number
}

interface Flush {
  again: boolean
  readonly done: Promise<FlushReport | 'busy'>
}

/** One flush at a time in this tab, whoever asks (React mounts twice); the lock does the same across tabs. */
const underWay = new WeakMap<Device, Flush>()

/** Delivers all that waits. Safe to call at any time, from anywhere, twice. */
export function flushOutbox(device: Device): Promise<FlushReport | 'busy'> {
  const current = underWay.get(device)
  if (current) {
    // something may have been sealed after the running flush looked: it looks again before it ends
    current.again = true
    return current.done
  }
  const flush: Flush = { again: false, done: Promise.resolve('busy') }
  const done = device.lock
    .exclusively('prongsai-flush', () => flushUntilQuiet(device, flush))
    .finally(() => underWay.delete(device))
  underWay.set(device, Object.assign(flush, { done }))
  return done
}

async function flushUntilQuiet(device: Device, flush: Flush): Promise<FlushReport> {
  let total: FlushReport = { kept: 0, refused: 0, trouble: null, retryAfterMs: 0 }
  do {
    flush.again = false
    const report = await flushWaiting(device)
    total = { ...report, kept: total.kept + report.kept, refused: total.refused + report.refused }
  } while (flush.again && total.trouble === null)
  return total
}

async function flushWaiting(device: Device): Promise<FlushReport> {
  const records = await device.store.transact('relaxed', ['outbox'], (tx) => tx.all('outbox'))
  // shuffled, so that the order of delivery says nothing about the order of answering
  const below = (bound: number) => Math.floor(device.random.fraction() * bound)
  const undelivered = records.filter((record) => record.state === 'waiting')
  const waiting = shuffled(undelivered, below)
  const report = { kept: 0, refused: 0, trouble: null as Trouble | null, retryAfterMs: 0 }
  for (const cid of new Set(waiting.map((record) => record.cid))) {
    if (await mustWait(device, cid)) {
      report.trouble ??= 'answers-not-open'
      continue
    }
    const batches = inBatches(waiting.filter((record) => record.cid === cid))
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const delivery = await deliver(device, cid, batch)
      if (delivery.outcome === 'later') {
        report.trouble ??= delivery.trouble
        report.retryAfterMs = Math.max(report.retryAfterMs, delivery.retryAfterMs ?? 0)
        break
      }
      if (delivery.outcome !== 'answered' && batch.length > 1) batches.unshift(...halves(batch))
      else await settle(device, batch, delivery, report)
    }
  }
  return report
}

/**
 * Where codes were sent to persons, nothing may leave in the days of exchanging them: the collector would refuse it, but a
 * watched network would have seen both. Elsewhere the collector's clock decides, because a phone's may be wrong.
 */
async function mustWait(device: Device, cid: string): Promise<boolean> {
  const campaign = await loadKnownCampaign(device, cid)
  if (campaign?.manifest.handout !== 'named') return false
  return placeIn(campaign.manifest.answerWindow, device.clock.now()) === 'before'
}

/** Acts on a final answer, item by item, in one transaction. */
async function settle(
  device: Device,
  batch: readonly OutboxRecord[],
  delivery: Delivery,
  report: { kept: number; refused: number; trouble: Trouble | null },
): Promise<void> {
  if (delivery.outcome === 'too-large') {
    // a proxy that takes not even one item is mended by an administrator, not by giving the response up
    report.trouble ??= 'busy'
    return
  }
  await device.store.transact('strict', ['outbox', 'receipts'], async (tx) => {
    for (const [index, record] of batch.entries()) {
      const result = delivery.outcome === 'answered' ? delivery.results[index] : undefined
      if (result?.s === 'kept') {
        await tx.delete('outbox', record.id)
        await tx.put('receipts', receiptFor(record))
        report.kept += 1
      } else if (await tx.get('outbox', record.id)) {
        await tx.put('outbox', {
          ...record,
          state: 'refused',
          why: result?.s === 'refused' ? result.why : 'bad-request',
        })
        report.refused += 1
      }
    }
  })
}

/** All that stays of a delivered response. */
function receiptFor({ receipt, cid, rescued }: OutboxRecord): ReceiptRecord {
  return { id: receipt, v: RECORD_VERSION, cid, ...(rescued ? { rescued } : {}) }
}

function halves<T>(batch: readonly T[]): [readonly T[], readonly T[]] {
  const middle = Math.ceil(batch.length / 2)
  return [batch.slice(0, middle), batch.slice(middle)]
}

function inBatches(records: readonly OutboxRecord[]): (readonly OutboxRecord[])[] {
  const count = Math.ceil(records.length / MAX_ITEMS)
  return Array.from({ length: count }, (_, index) => records.slice(index * MAX_ITEMS, (index + 1) * MAX_ITEMS))
}
