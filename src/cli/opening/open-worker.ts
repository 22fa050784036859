import { workerData } from 'node:worker_threads'
import { type LinesOpener, makeLinesOpener } from '#results/open-lines'
import type { OpenBegin } from '#results/worker-messages'

let opener: Promise<LinesOpener> | undefined

/** Runs in a thread of its own beside others: opens whole lines of the box that the thread was started for. */
export async function openLines(lines: Uint8Array) {
  opener ??= makeLinesOpener(workerData as OpenBegin)
  return (await opener)(lines)
}
