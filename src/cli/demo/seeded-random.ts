import { createHash } from 'node:crypto'
import { shuffled } from '#protocol/shuffled'

/** Repeatable randomness for fixtures, replays and simulations (sfc32). Never for keys, codes or blinding. */
export class SeededRandom {
  #state: [number, number, number, number]

  constructor(seed: number | string) {
    const digest = createHash('sha256').update(String(seed)).digest()
    this.#state = [0, 4, 8, 12].map((offset) => digest.readUInt32LE(offset)) as [number, number, number, number]
  }

  /** A uniform fraction, 0 ≤ x < 1. */
  fraction(): number {
    const [a, b, c, counter] = this.#state
    const sum = (a + b + counter) | 0
    this.#state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0]
    return (sum >>> 0) / 2 ** 32
  }

  /** A uniform whole number below `bound`. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound)
  }

  /** A shuffled copy. */
  shuffled<T>(values: readonly T[]): T[] {
    return shuffled(values, (bound) => this.below(bound))
  }
}
