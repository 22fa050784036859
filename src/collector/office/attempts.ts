import { createHmac, randomBytes } from 'node:crypto'

/** Wrong tries that cost nothing: from one address, and from all of them together. */
const FREE = { here: 5, everywhere: 100 } as const
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** More at a time is somebody trying names. */
const MOST_KEYS = 10_000

interface Tries {
  readonly wrong: number
  readonly until: number
}

/**
 * Wrong passwords, in memory under a key that lives as long as the process. Each one after the fifth from an address doubles
 * the wait there, up to a quarter of an hour; somebody elsewhere who knows only a name keeps its owner out of nothing
 * until there are a hundred.
 */
export class Attempts {
  readonly #now: () => number
  readonly #secret = randomBytes(32)
  readonly #tries = new Map<string, Tries>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** How long this name has to wait at this place, ms; 0 when it may try. */
  waitMs(name: string, place: string): number {
    const until = this.#keys(name, place).map(({ key }) => this.#tries.get(key)?.until ?? 0)
    return Math.max(0, Math.max(...until) - this.#now())
  }

  /** Notes a try as wrong until `right` says otherwise. Answers how many there were at this place. */
  wrong(name: string, place: string): number {
    const counts = this.#keys(name, place).map(({ key, free }) => {
      const wrong = (this.#tries.get(key)?.wrong ?? 0) + 1
      const over = wrong - free
      const waitMs = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over)
      const [oldest] = this.#tries.keys()
      if (this.#tries.size >= MOST_KEYS && oldest !== undefined) this.#tries.delete(oldest)
      this.#tries.delete(key)
      this.#tries.set(key, { wrong, until: this.#now() + waitMs })
      return wrong
    })
    return counts[0] ?? 0
  }

  right(name: string, place: string): void {
    for (const { key } of this.#keys(name, place)) this.#tries.delete(key)
  }

  #keys(name: string, place: string): { readonly key: string; readonly free: number }[] {
    const hashed = (text: string) => createHmac('sha256', this.#secret).update(text).digest('base64url')
    return [
      { key: hashed(`${place} ${name}`), free: FREE.here },
      { key: hashed(name), free: FREE.everywhere },
    ]
  }
}
