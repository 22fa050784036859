import { documentOf } from '#instruments/years'
import type { Campaign } from '#protocol/manifest'
import type { RoundView } from '#protocol/office'
import { BoxHash, hashing } from '#results/box-hash'
import { Opening } from '#results/opening'
import { factsOf } from '#results/round-facts'
import type { OpenBegin, OpenedLines, OpenLines } from '#results/worker-messages'
import { manifestOf } from '../asking/rounds.ts'
import type { OitTicks } from '../oit/oit-paper.ts'
import openWorkerUrl from '../worker/open-worker.ts?worker&url'
import { startWorker } from '../worker/start-worker.ts'
import { lineBatches } from './line-batches.ts'

/** How far an opening is. */
export interface OpeningStatus {
  readonly at: 'opening' | 'paused' | 'done' | 'failed'
  /** Rows opened, spoiled ones included. */
  readonly rows: number
  /** Rows there are, as the collector counts them. */
  readonly of: number
  readonly spoiled: number
  /** The whole box is here: from now on no network is needed. */
  readonly downloaded: boolean
  /** Since the beginning, pauses left out. */
  readonly rowsPerSecond: number
  /** Why it failed: the download broke off, what came was no box, or it is not the box that was closed. */
  readonly why?: 'broken-off' | 'damaged' | 'altered'
}

/** More workers than this only wait for each other. */
const MOST_WORKERS = 8
/** A screen that is redrawn more often says nothing more. */
const TELL_MS = 200

/**
 * Opens a box in workers, in memory only. The sealed bytes are read to their end as fast as they come, so that losing the
 * network or the session afterwards changes nothing; `pause` stops handing out work, `resume` goes on where it was.
 */
export class BoxOpening {
  readonly opening: Opening
  readonly round: RoundView
  /** As it was ticked when the box was opened; null when it could not be read. */
  readonly oit: OitTicks | null
  /** SHA-256 over all rows as they came, hex: what the signed closing sheet says, too. Empty while they come. */
  boxHash = ''
  readonly #stop: () => void
  readonly #workers: Worker[] = []
  readonly #idle: Worker[] = []
  readonly #queue: Uint8Array<ArrayBuffer>[] = []
  readonly #listeners = new Set<() => void>()
  #status: OpeningStatus
  #announced: number | null = null
  #busy = 0
  #activeMs = 0
  #activeSince = 0
  #told = 0

  /** `stop` ends the download. What the page needs to show the results is kept here: there may be no network then. */
  constructor(campaign: Campaign, round: RoundView, oit: OitTicks | null, stop: () => void) {
    const printings = round.lanes.flatMap(({ lane, printings: own }) => own.map((one) => ({ lane, ...one })))
    this.opening = new Opening(campaign, factsOf(printings))
    this.round = round
    this.oit = oit
    this.#stop = stop
    const of = round.lanes.reduce((sum, { delivered }) => sum + delivered, 0)
    this.#status = { at: 'opening', rows: 0, of, spoiled: 0, downloaded: false, rowsPerSecond: 0 }
  }

  get status(): OpeningStatus {
    return this.#status
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts workers with the key, then reads. The caller wipes its own copy of the key. */
  async run(manifest: string, key: Uint8Array<ArrayBuffer>, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.#activeSince = performance.now()
    const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1))
    for (let index = 0; index < count; index += 1) this.#start(manifest, key)
    try {
      const hash = new BoxHash()
      for await (const lines of lineBatches(hashing(chunks, hash))) {
        if (this.#status.at === 'failed') return
        this.#queue.push(lines)
        this.#handOut()
      }
      // nothing of a box that was changed after closing is shown, whatever its rows say
      const { closing, state } = this.round
      this.boxHash = hash.digest()
      // a closed round without its hash was cut off at closing, or somebody took the act away: neither is opened unseen
      const isUnchanged = closing ? closing.boxHash === this.boxHash : state === 'open' || state === 'issue-closed'
      if (!isUnchanged) {
        this.#fail('altered')
        return
      }
      this.#change({ downloaded: true })
      this.#finishWhenDone()
    } catch {
      this.#fail('broken-off')
    }
  }

  pause(): void {
    if (this.#status.at !== 'opening') return
    this.#activeMs += performance.now() - this.#activeSince
    this.#change({ at: 'paused' })
  }

  resume(): void {
    if (this.#status.at !== 'paused') return
    this.#activeSince = performance.now()
    this.#change({ at: 'opening' })
    this.#handOut()
    this.#finishWhenDone()
  }

  /** Ends everything and keeps nothing. */
  forget(): void {
    for (const worker of this.#workers) worker.terminate()
    this.#workers.length = 0
    this.#queue.length = 0
    this.#stop()
    if (this.#status.at !== 'done') this.#status = { ...this.#status, at: 'failed' }
  }

  #start(manifest: string, key: Uint8Array<ArrayBuffer>): void {
    const worker = startWorker(openWorkerUrl)
    worker.addEventListener('message', ({ data }: MessageEvent<OpenedLines>) => this.#took(worker, data))
    for (const fault of ['error', 'messageerror'] as const) worker.addEventListener(fault, () => this.#fail('damaged'))
    const { id, hash } = manifestOf(this.round).instruments
    worker.postMessage({ manifest, document: documentOf(id, hash), key } satisfies OpenBegin)
    this.#workers.push(worker)
    this.#idle.push(worker)
  }

  #handOut(): void {
    while (this.#status.at === 'opening' && this.#idle.length > 0) {
      const lines = this.#queue.shift()
      const worker = lines && this.#idle.pop()
      if (!lines || !worker) return
      this.#busy += 1
      worker.postMessage({ id: this.#busy, lines } satisfies OpenLines, [lines.buffer])
    }
  }

  #took(worker: Worker, { batch, rows, end, damaged }: OpenedLines): void {
    this.#busy -= 1
    this.#idle.push(worker)
    if (this.#status.at === 'failed') return
    if (damaged) {
      this.#fail('damaged')
      return
    }
    this.opening.addPacked(batch)
    if (end !== null) this.#announced = end
    this.#change({ rows: this.#status.rows + rows, spoiled: this.opening.spoiled, rowsPerSecond: this.#rate(rows) })
    this.#handOut()
    this.#finishWhenDone()
  }

  #rate(more: number): number {
    const activeMs = this.#activeMs + (this.#status.at === 'paused' ? 0 : performance.now() - this.#activeSince)
    return activeMs > 0 ? Math.round(((this.#status.rows + more) / activeMs) * 1000) : 0
  }

  #finishWhenDone(): void {
    const { downloaded, at, rows } = this.#status
    if (at !== 'opening' || !downloaded || this.#busy > 0 || this.#queue.length > 0) return
    // a box that ends without saying how many rows it has was cut off on the way
    if (this.#announced !== rows) {
      this.#fail('broken-off')
      return
    }
    for (const worker of this.#workers) worker.terminate()
    this.#change({ at: 'done', of: rows })
  }

  #fail(why: 'broken-off' | 'damaged' | 'altered'): void {
    this.forget()
    this.#change({ at: 'failed', why })
  }

  #change(change: Partial<OpeningStatus>): void {
    const before = this.#status
    this.#status = { ...before, ...change }
    const now = performance.now()
    const isNews = change.at !== undefined || change.downloaded !== undefined
    if (!isNews && now - this.#told < TELL_MS) return
    this.#told = now
    for (const listener of this.#listeners) listener()
  }
}
