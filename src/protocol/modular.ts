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

/** xᵉ mod n by squaring, from the highest bit of e. e ≥ 0, n > 1. Not in constant time: for what is public, or its own device's. */
export function modularPower(x: bigint, e: bigint, n: bigint): bigint {
  const base = ((x % n) + n) % n
  let power = 1n % n
  for (const bit of e.toString(2)) {
    power = (power * power) % n
    if (bit === '1') power = (power * base) % n
  }
  return power
}

/** The big numbers of the library that blinds, as far as it is told how to calculate. */
export interface BigNumbers {
  readonly bn: {
    new (hex: string): object
    readonly prototype: object
  }
}

/**
 * Lets that library calculate with the browser's own big integers. Its own limbs of 24 bits took Firefox more than two seconds
 * for each of a ticket's two blindings, on the thread that somebody answers on; the other engines a fifth of a second. A wrong
 * number would make signatures that do not verify, which finalizing refuses. The collector signs with other means.
 */
export function calculateWithBigInt({ bn }: BigNumbers): void {
  // they write themselves as hex with its prefix, which is what BigInt reads
  const big = (number: object | number) => BigInt(String(number))
  const number = (value: bigint) => new bn(`0x${value.toString(16)}`)
  Object.assign(bn.prototype, {
    inverseMod(this: object, modulus: object): object {
      const inverse = modularInverse(big(this), big(modulus))
      if (inverse === null) throw new Error('not relatively prime')
      return number(inverse)
    },
    powermod(this: object, exponent: object | number, modulus: object): object {
      return number(modularPower(big(this), big(exponent), big(modulus)))
    },
    mulmod(this: object, other: object | number, modulus: object): object {
      return number((big(this) * big(other)) % big(modulus))
    },
  })
}
