import { randomInt } from 'node:crypto'
import { shuffled } from '#protocol/shuffled'

/** Most entries one transaction takes; bounds how long the first one waits. */
const GROUP_SIZE = 256

interface Waiting<Entry, Result> {
  readonly entry: Entry
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets concurrent requests share one transaction: one disk synchronisation for all that came while the last one ran.
 * Each caller hears only after the commit. Within a group the order is shuffled, so that not even the pages of the
 * database file remember it.
 */
export class GroupCommit<Entry, Result> {
  readonly #commit: (group: readonly Entry[]) => Promise<readonly Result[]>
  readonly #waiting: Waiting<Entry, Result>[] = []
  #running = false

  /** `commit` stores a group in one transaction and answers in the group's order; if it throws, nothing was stored. */
  constructor(commit: (group: readonly Entry[]) => Promise<readonly Result[]>) {
    this.#commit = commit
  }

  /** Stores an entry with whatever else is waiting. Rejects when its transaction failed. */
  store(entry: Entry): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  /** Turns of the event loop, for as long as each brings more: what arrived together is verified and stored together. */
  async #untilNoMoreArrive(): Promise<void> {
    let seen = 0
    while (seen < this.#waiting.length && seen < GROUP_SIZE) {
      seen = this.#waiting.length
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      await this.#untilNoMoreArrive()
      const group = shuffled(this.#waiting.splice(0, GROUP_SIZE), (bound) => randomInt(bound))
      try {
        const results = await this.#commit(group.map(({ entry }) => entry))
        for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#running = false
  }
}
