/** Wrong tries that cost nothing. */
const FREE = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** More names at a time is somebody trying names. */
const MOST_NAMES = 10_000

/** Wrong passwords by name, in memory: each one after the fifth doubles the wait, up to a quarter of an hour. */
export class Attempts {
  readonly #now: () => number
  readonly #byName = new Map<string, { wrong: number; until: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** How long this name has to wait, ms; 0 when it may try. */
  waitMs(name: string): number {
    return Math.max(0, (this.#byName.get(name)?.until ?? 0) - this.#now())
  }

  wrong(name: string): void {
    const wrong = (this.#byName.get(name)?.wrong ?? 0) + 1
    const over = wrong - FREE
    const waitMs = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over)
    const [oldest] = this.#byName.keys()
    if (this.#byName.size >= MOST_NAMES && oldest !== undefined) this.#byName.delete(oldest)
    this.#byName.delete(name)
    this.#byName.set(name, { wrong, until: this.#now() + waitMs })
  }

  right(name: string): void {
    this.#byName.delete(name)
  }
}
