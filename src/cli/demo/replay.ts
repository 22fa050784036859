import { randomBytes } from 'node:crypto'
import { formOf } from '#device/campaign'
import { flushOutbox } from '#device/delivery/flush'
import type { Device } from '#device/device'
import { saveDraft } from '#device/draft'
import { makeMemoryStore } from '#device/memory-store'
import { sealDraft } from '#device/seal'
import { redeemSlip } from '#device/ticket'
import type { Slip } from '#protocol/slip-link'
import type { Response } from '#results/open-responses'
import type { SeededRandom } from './seeded-random.ts'

/** One row and the slip it will use. */
export interface ReplayRow {
  readonly response: Response
  readonly slip: Slip
}

/** What became of a row: kept, or why not. */
export type ReplayOutcome = 'kept' | string

const MOST_TRIES = 8

/** A device of its own for one row: the same code a phone runs, with a store that lasts as long as the row. */
export function makeReplayDevice(origin: string, random: SeededRandom): Device {
  return {
    origin,
    fetch: globalThis.fetch,
    store: makeMemoryStore(),
    clock: {
      now: () => Date.now(),
      schedule(delayMs, run) {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
    },
    // identities must never repeat, not even for the same seed: only order and jitter come from it
    random: { bytes: (length) => new Uint8Array(randomBytes(length)), fraction: () => random.fraction() },
    lock: { exclusively: (_name, work) => work() },
  }
}

/** Redeems, answers, seals and delivers one row, waiting and trying again like a patient phone. */
async function replayRow(device: Device, { response, slip }: ReplayRow): Promise<ReplayOutcome> {
  const redeemed = await retried(device, async () => {
    const outcome = await redeemSlip(device, slip)
    return outcome.outcome === 'waiting' ? null : outcome
  })
  if (!redeemed) return 'not-reached'
  if (redeemed.outcome === 'refused') return redeemed.reason
  const draft = { answers: response.answers, coarse: response.coarse ?? {} }
  await saveDraft(device, redeemed.ticket.id, formOf(redeemed.campaign, redeemed.ticket.lane).hash, draft)
  await sealDraft(device, redeemed.campaign, redeemed.ticket, draft)
  const delivered = await retried(device, async () => {
    const report = await flushOutbox(device)
    if (report === 'busy' || report.trouble) return null
    return report.kept === 1 ? 'kept' : 'refused'
  })
  return delivered ?? 'not-reached'
}

async function retried<T>(device: Device, attempt: () => Promise<T | null>): Promise<T | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const result = await attempt()
    if (result !== null) return result
    const delayMs = 100 * 2 ** tries * device.random.fraction()
    await new Promise<void>((resolve) => device.clock.schedule(delayMs, resolve))
  }
  return null
}

/** Replays all rows with so many at a time; reports each one as it ends. */
export async function replayAll(
  rows: readonly ReplayRow[],
  options: { readonly origin: string; readonly concurrency: number; readonly random: SeededRandom },
  onOutcome: (outcome: ReplayOutcome) => void,
): Promise<void> {
  const queue = rows.values()
  const work = async () => {
    for (const row of queue) onOutcome(await replayRow(makeReplayDevice(options.origin, options.random), row))
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
}
