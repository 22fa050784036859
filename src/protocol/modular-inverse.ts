/** x⁻¹ mod n by the extended Euclidean algorithm; null when the two are not relatively prime. n > 1. */
export function modularInverse(x: bigint, n: bigint): bigint | null {
  let [before, rest] = [((x % n) + n) % n, n]
  let [factor, next] = [1n, 0n]
  while (rest !== 0n) {
    const times = before / rest
    ;[before, rest] = [rest, before - times * rest]
    ;[factor, next] = [next, factor - times * next]
  }
  return before === 1n ? ((factor % n) + n) % n : null
}

/** The big numbers of the library that blinds, as far as inverting goes. */
export interface BigNumbers {
  readonly bn: {
    new (hex: string): object
    readonly prototype: object
  }
}

/**
 * Lets that library invert with the browser's own big integers: its own way, bit by bit, took Firefox 1.8 s for each of the
 * four inverses of a ticket, on the thread that somebody answers on. A wrong inverse would make signatures that do not
 * verify, which finalizing refuses.
 */
export function invertWithBigInt({ bn }: BigNumbers): void {
  Object.assign(bn.prototype, {
    inverseMod(this: object, modulus: object): object {
      // both write themselves as hex with its prefix, which is what BigInt reads
      const inverse = modularInverse(BigInt(String(this)), BigInt(String(modulus)))
      if (inverse === null) throw new Error('not relatively prime')
      return new bn(`0x${inverse.toString(16)}`)
    },
  })
}
