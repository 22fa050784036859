import { createHmac, randomBytes } from 'node:crypto'

/** Wrong tries that cost nothing: from one address, and from all of them together. */
const FREE = { here: 5, everywhere: 100 } as const
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** More at a time is somebody trying names. */
const MOST_KEYS = 10_000

/** After this long half of the wrong tries are forgotten, and again: a name is not locked for ever. */
const HALF_LIFE_MS = 15 * 60_000

interface Tries {
  readonly wrong: number
  readonly at: number
  readonly until: number
}

/**
 * Wrong passwords, in memory under a key that lives as long as the process. Each one after the fifth from an address doubles
 * the wait there, up to a quarter of an hour. Somebody elsewhere who knows only a name slows down other unknown places once
 * there are a hundred; where its owner has signed in before, or is signed in, nothing a stranger does is felt.
 */
export class Attempts {
  readonly #now: () => number
  readonly #secret = randomBytes(32)
  readonly #tries = new Map<string, Tries>()
  /** Places at which a name was right. */
  readonly #known = new Set<string>()

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
    const now = this.#now()
    const counts = this.#keys(name, place).map(({ key, free }) => {
      const wrong = this.#left(key, now) + 1
      const over = wrong - free
      const waitMs = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over)
      const [oldest] = this.#tries.keys()
      if (this.#tries.size >= MOST_KEYS && oldest !== undefined) this.#tries.delete(oldest)
      this.#tries.delete(key)
      this.#tries.set(key, { wrong, at: now, until: now + waitMs })
      return wrong
    })
    return counts[0] ?? 0
  }

  right(name: string, place: string): void {
    for (const { key } of this.#keys(name, place)) this.#tries.delete(key)
    const here = this.#hashed(`${place} ${name}`)
    const [oldest] = this.#known
    if (this.#known.size >= MOST_KEYS && oldest !== undefined) this.#known.delete(oldest)
    this.#known.delete(here)
    this.#known.add(here)
  }

  /** Wrong tries that still count. */
  #left(key: string, now: number): number {
    const before = this.#tries.get(key)
    return before ? Math.floor(before.wrong / 2 ** Math.floor((now - before.at) / HALF_LIFE_MS)) : 0
  }

  #hashed(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url')
  }

  /** Where a name's owner has been before, only what is tried there counts. */
  #keys(name: string, place: string): { readonly key: string; readonly free: number }[] {
    const here = { key: this.#hashed(`${place} ${name}`), free: FREE.here }
    return this.#known.has(here.key) ? [here] : [here, { key: this.#hashed(name), free: FREE.everywhere }]
  }
}
