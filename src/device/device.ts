import type { Store } from './store.ts'

/** Time comes from outside, so that a simulation can own it. */
export interface Clock {
  /** Milliseconds since 1970, as this device believes. */
  now(): number
  /** Runs something later; the returned function cancels it. */
  schedule(delayMs: number, run: () => void): () => void
}

/** Randomness comes from outside. In a browser and in Node it is WebCrypto's. */
export interface Random {
  bytes(length: number): Uint8Array
  /** A uniform fraction, 0 ≤ x < 1, for jitter and shuffling only. */
  fraction(): number
}

/** Keeps two tabs from flushing at once. A hint: correctness never depends on it. */
export interface Lock {
  /** Runs the work unless somebody else holds the name; then answers `busy` at once. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | 'busy'>
}

/** Everything the device core needs from where it runs: a phone, a tablet, a replay row or a simulation. */
export interface Device {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly fetch: typeof fetch
  readonly lock: Lock
  /** Origin of the collector, without a trailing slash. */
  readonly origin: string
}
