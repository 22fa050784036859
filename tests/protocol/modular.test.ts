import * as library from '@cloudflare/blindrsa-ts/lib/src/sjcl/index.js'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { calculateWithBigInt, modularInverse, modularPower } from '#protocol/modular'

interface BigNumber {
  inverseMod(modulus: object): object
  powermod(exponent: object, modulus: object): object
  mulmod(other: object, modulus: object): object
}

// its types say that it exports what it exports by default
const { bn } = (library as unknown as { default: { bn: { new (hex: string): BigNumber; readonly prototype: object } } })
  .default

/** As the library has them before it is told otherwise. */
const OWN = Object.fromEntries(
  ['inverseMod', 'powermod', 'mulmod'].map((name) => [name, Reflect.get(bn.prototype, name)] as const),
)

afterEach(() => {
  Object.assign(bn.prototype, OWN)
})

const numberOf = (value: bigint) => new bn(`0x${value.toString(16)}`)

/** What a calculation of the library comes to; null where it refuses. */
function outcome(work: () => object, modulus: bigint): bigint | null {
  try {
    return ((BigInt(String(work())) % modulus) + modulus) % modulus
  } catch {
    return null
  }
}

describe('numbers modulo another', () => {
  it('have an inverse that times them is one, or share a divisor with it', () => {
    // as large as an issuer's modulus, and odd
    const moduli = fc.bigInt({ min: 3n, max: 2n ** 3072n }).map((n) => n | 1n)
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 3072n }), moduli, (x, n) => {
        const inverse = modularInverse(x, n)
        if (inverse === null) expect(gcd(x % n, n)).not.toBe(1n)
        else expect((x * inverse) % n).toBe(1n)
      }),
    )
  })

  it('are inverted, multiplied and raised as the library itself does, limb by limb', () => {
    const values = fc.bigInt({ min: 1n, max: 2n ** 256n })
    const seen = new Set<boolean>()
    fc.assert(
      fc.property(
        values,
        values,
        fc.bigInt({ min: 1n, max: 2n ** 20n }),
        fc.bigInt({ min: 3n, max: 2n ** 256n }),
        (x, y, e, m) => {
          const n = m | 1n
          const calculations = [
            () => numberOf(x).inverseMod(numberOf(n)),
            () => numberOf(x % n).powermod(numberOf(e), numberOf(n)),
            () => numberOf(x % n).mulmod(numberOf(y % n), numberOf(n)),
          ]
          Object.assign(bn.prototype, OWN)
          const theirs = calculations.map((work) => outcome(work, n))
          calculateWithBigInt({ bn })
          expect(calculations.map((work) => outcome(work, n))).toEqual(theirs)
          expect(modularPower(x, e, n)).toBe(theirs[1])
          seen.add(theirs[0] === null)
        },
      ),
      { numRuns: 300 },
    )
    // both kinds were met: with an inverse and without
    expect(seen).toEqual(new Set([true, false]))
  })
})

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
