import { randomBytes } from 'node:crypto'

/** A person with a passkey in the hand needs less. */
const LIFE_MS = 5 * 60_000
/** Of more at a time the oldest is forgotten: asking for one is free, so many are needed before it reaches somebody else's. */
const MOST = 50_000

/** Challenges that were given out, each with what belongs to it, good once; in memory only. */
export class Challenges<T> {
  readonly #now: () => number
  readonly #lifeMs: number
  readonly #given = new Map<string, { readonly value: T; readonly until: number }>()

  constructor(now: () => number, lifeMs = LIFE_MS) {
    this.#now = now
    this.#lifeMs = lifeMs
  }

  /** A fresh challenge, 32 random bytes as base64url. */
  add(value: T): string {
    const now = this.#now()
    for (const [old, { until }] of this.#given) if (until < now) this.#given.delete(old)
    const [oldest] = this.#given.keys()
    if (this.#given.size >= MOST && oldest) this.#given.delete(oldest)
    const challenge = randomBytes(32).toString('base64url')
    this.#given.set(challenge, { value, until: now + this.#lifeMs })
    return challenge
  }

  /** What belongs to a challenge, which stays good: a mistyped code is typed again. */
  look(challenge: string): { readonly value: T } | null {
    const found = this.#given.get(challenge)
    return found && found.until >= this.#now() ? { value: found.value } : null
  }

  /** What belongs to a challenge, once; null when it is used, too old or nobody's. */
  take(challenge: string): { readonly value: T } | null {
    const found = this.look(challenge)
    this.#given.delete(challenge)
    return found
  }
}

/** A challenge as the library takes it: a text would be encoded once more. */
export function bytesOf(challenge: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(challenge, 'base64url'))
}
