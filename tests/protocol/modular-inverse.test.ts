import * as library from '@cloudflare/blindrsa-ts/lib/src/sjcl/index.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invertWithBigInt, modularInverse } from '#protocol/modular-inverse'

interface BigNumber {
  inverseMod(modulus: object): object
}

// its types say that it exports what it exports by default
const sjcl = (
  library as unknown as { default: { readonly bn: { new (hex: string): BigNumber; readonly prototype: object } } }
).default

/** As large as an issuer's modulus, and odd. */
const MODULI = fc.bigInt({ min: 3n, max: 2n ** 3072n }).map((n) => n | 1n)

describe('a modular inverse', () => {
  it('times its number is one, whatever the number and the modulus, or there is none', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 3072n }), MODULI, (x, n) => {
        const inverse = modularInverse(x, n)
        if (inverse !== null) expect((x * inverse) % n).toBe(1n)
        // a common divisor is the only reason not to have one
        else expect(gcd(x % n, n)).not.toBe(1n)
      }),
    )
  })

  it('is the one that the library itself finds, bit by bit', () => {
    const { bn } = sjcl
    const own = Object.getOwnPropertyDescriptor(bn.prototype, 'inverseMod')?.value as (
      this: object,
      p: object,
    ) => object
    const numbers = fc.bigInt({ min: 1n, max: 2n ** 256n })
    const pairs = fc.tuple(numbers, numbers).map(([x, n]) => [x, n | 1n] as const)
    const seen: string[] = []
    fc.assert(
      fc.property(pairs, ([x, n]) => {
        const [one, other] = [x, n].map((value) => new bn(`0x${value.toString(16)}`))
        const found = modularInverse(x, n)
        const theirs = attempt(() => BigInt(String(own.call(one as object, other as object))))
        expect(theirs === null ? null : ((theirs % n) + n) % n).toBe(n === 1n ? 0n : found)
        seen.push(found === null ? 'none' : 'one')
      }),
      { numRuns: 300 },
    )
    expect(new Set(seen)).toEqual(new Set(['none', 'one']))
    invertWithBigInt(sjcl)
    expect(String(new bn('0x3').inverseMod(new bn('0xb')))).toMatch(/^0x0*4$/)
    expect(() => new bn('0x3').inverseMod(new bn('0x9'))).toThrow()
    Object.assign(bn.prototype, { inverseMod: own })
  })
})

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
