import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { concat } from '#protocol/bytes'
import type { LinesOpener } from '#results/open-lines'
import type { Opening } from '#results/opening'
import type { OpenBegin } from '#results/worker-messages'

/** About two hundred rows: long enough to be worth a message, short enough that none waits long at the end. */
const BATCH_BYTES = 300_000

/** More than this wait for the disk and each other. */
const MOST_THREADS = 16

/** A thread holds some hundred rows at a time. Left to itself, an engine fills what memory the machine has before it tidies. */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 } as const

/**
 * Opens a box in as many threads as there are processors. Lines are read only as fast as they are opened, so that a box of a
 * million responses needs no more memory for its sealed rows than one of a thousand.
 */
export class OpenThreads {
  readonly #pool: Piscina
  readonly #opening: Opening
  readonly #step: (rows: number) => void
  readonly #running = new Set<Promise<void>>()
  #lines: Uint8Array[] = []
  #bytes = 0
  /** What the first thread that failed said: it is thrown where somebody waits. */
  #fault: unknown = null

  /** `step` hears of rows that were opened. */
  constructor(begin: OpenBegin, opening: Opening, step: (rows: number) => void) {
    const filename = new URL(import.meta.url.endsWith('.ts') ? './open-worker.ts' : './open-worker.js', import.meta.url)
    const maxThreads = Math.min(MOST_THREADS, availableParallelism())
    this.#pool = new Piscina({
      filename: filename.href,
      name: 'openLines',
      workerData: begin,
      minThreads: maxThreads,
      maxThreads,
      resourceLimits: THREAD_MEMORY,
    })
    this.#opening = opening
    this.#step = step
  }

  /** One line of the box. Waits while every thread has work and as much again lies ready. */
  async add(line: Uint8Array): Promise<void> {
    this.#lines.push(line)
    this.#bytes += line.length
    if (this.#bytes >= BATCH_BYTES) await this.#handOut()
  }

  /** Waits until all lines are opened. */
  async finish(): Promise<void> {
    if (this.#bytes > 0) await this.#handOut()
    await Promise.all(this.#running)
    this.#throwFault()
  }

  /** Ends the threads, which is how their copies of the key go. */
  async end(): Promise<void> {
    await this.#pool.destroy()
  }

  async #handOut(): Promise<void> {
    const lines = concat(...this.#lines)
    this.#lines = []
    this.#bytes = 0
    const work = this.#open(lines)
      .catch((error: unknown) => {
        this.#fault ??= error
      })
      .finally(() => this.#running.delete(work))
    this.#running.add(work)
    if (this.#running.size >= 2 * this.#pool.maxThreads) await Promise.race(this.#running)
    this.#throwFault()
  }

  #throwFault(): void {
    if (this.#fault !== null) throw this.#fault
  }

  async #open(lines: Uint8Array<ArrayBuffer>): Promise<void> {
    const { batch, rows, damaged } = (await this.#pool.run(lines, { transferList: [lines.buffer] })) as Awaited<
      ReturnType<LinesOpener>
    >
    if (damaged) throw new Error('a line of the box cannot be read')
    this.#opening.addPacked(batch)
    this.#step(rows)
  }
}
