import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { blindSign, readSigningKey } from '#collector/issuer/blind-sign'
import { blindTicket, finalizeTicket, makeTicketVerifier } from '#protocol/ticket'
import vector from './vectors/rfc9474.json' with { type: 'json' }

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const base64Url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')

/** Hands the library the random values the RFC used: first the salt, then the blinding factor. */
function withRandomness(...values: readonly string[]) {
  const queue = values.map(bytes)
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((target) => {
    const next = queue.shift()
    if (!next || !(target instanceof Uint8Array)) throw new Error('more randomness asked for than the vector has')
    target.set(next)
    return target
  })
}

describe('RFC 9474, RSABSSA-SHA384-PSS-Randomized', () => {
  const key = base64Url(vector.n)
  const input = bytes(vector.msgPrefix + vector.msg)

  afterEach(() => vi.restoreAllMocks())

  it('blinds to the published blinded message', async () => {
    withRandomness(vector.salt, vector.r)
    const { blinded, inv } = await blindTicket(key, input)
    expect(hex(blinded)).toBe(vector.blindedMsg)
    expect(hex(inv)).toBe(vector.inv)
  })

  it('signs the blinded message to the published blind signature', () => {
    const part = (value: bigint) => Buffer.from(value.toString(16).padStart(512, '0'), 'hex').toString('base64url')
    const [p, q, d] = [vector.p, vector.q, vector.d].map((text) => BigInt(`0x${text}`)) as [bigint, bigint, bigint]
    const qi = modularInverse(q, p)
    const jwk = {
      kty: 'RSA',
      n: key,
      e: 'AQAB',
      d: part(d),
      p: part(p),
      q: part(q),
      dp: part(d % (p - 1n)),
      dq: part(d % (q - 1n)),
      qi: part(qi),
    }
    const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' })
    expect(hex(blindSign(readSigningKey(pkcs8), bytes(vector.blindedMsg)))).toBe(vector.blindSig)
  })

  it('finalizes to the published signature, which verifies', async () => {
    const signature = await finalizeTicket(key, input, bytes(vector.blindSig), bytes(vector.inv))
    expect(hex(signature)).toBe(vector.sig)
    expect(await (await makeTicketVerifier(key))(input, signature)).toBe(true)
  })

  it('refuses a signature of another message', async () => {
    const other = input.slice()
    other[40] = (other[40] ?? 0) ^ 1
    expect(await (await makeTicketVerifier(key))(other, bytes(vector.sig))).toBe(false)
    await expect(finalizeTicket(key, other, bytes(vector.blindSig), bytes(vector.inv))).rejects.toThrow()
  })

  it('signs nothing that is short, zero, one or not below the modulus', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
    const key = readSigningKey(privateKey.export({ format: 'der', type: 'pkcs8' }))
    const one = Buffer.alloc(384)
    one[383] = 1
    for (const bad of [Buffer.alloc(383, 1), Buffer.alloc(384), one, key.modulus, Buffer.alloc(384, 255)]) {
      expect(() => blindSign(key, bad)).toThrow(RangeError)
    }
  })
})

function modularInverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [value % modulus, modulus, 1n, 0n]
  while (r1 !== 0n) {
    const quotient = r0 / r1
    ;[r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1]
  }
  return ((s0 % modulus) + modulus) % modulus
}
