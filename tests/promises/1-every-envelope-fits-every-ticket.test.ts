import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { redeemSlip } from '#device/ticket'
import { concat, fromBase64Url, sha256 } from '#protocol/bytes'
import type { BlindedPair } from '#protocol/messages'
import { TICKET_KINDS, type TicketKind } from '#protocol/ticket'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const N = 12

const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (text: string) => Buffer.from(text, 'base64url')

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square, left] = [1n, base % modulus, exponent]
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (b > 0n) {
    const quotient = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - quotient * y]
  }
  if (a !== 1n) throw new Error('no inverse')
  return ((x % modulus) + modulus) % modulus
}

function keyOf({ campaign }: TestCampaign, kind: TicketKind): string | undefined {
  const lane = campaign.manifest.lanes.iit
  return kind === 'outer' ? lane?.issuerKey : lane?.innerKey
}

it.each(TICKET_KINDS)(`any of ${N} exchanges at the issuer may have led to any of ${N} %s tickets`, async (kind) => {
  const test = await testCampaign()
  const modulus = number(fromBase64Url(keyOf(test, kind), 384) as Uint8Array)
  const transcripts: { blinded: bigint; signature: bigint }[] = []
  const tickets: { input: Uint8Array; sig: bigint }[] = []
  const stored: Buffer[] = []
  for (let count = 0; count < N; count += 1) {
    const device = testDevice(test.app, async (request, pass) => {
      const reply = await pass()
      if (request.path === '/v2/issue') {
        const asked = JSON.parse(request.body ?? '').blinded as BlindedPair
        const { signed } = (await reply.clone().json()) as { signed: BlindedPair }
        stored.push(Buffer.from(await sha256(concat(bytesOf(asked.outer), bytesOf(asked.inner)))))
        transcripts.push({ blinded: number(bytesOf(asked[kind])), signature: number(bytesOf(signed[kind])) })
      }
      return reply
    })
    const redeemed = await redeemSlip(device, test.slip('iit'))
    if (redeemed.outcome !== 'ready') throw new Error('no ticket')
    const ticket = kind === 'outer' ? redeemed.ticket : redeemed.ticket.inner
    tickets.push({ input: bytesOf(ticket.input), sig: number(bytesOf(ticket.sig)) })
  }

  // for each pair there is exactly one blinding factor that would have turned this ticket into this exchange
  const factors = transcripts.map(({ blinded, signature }) =>
    tickets.map(({ sig }) => {
      const factor = (signature * inverse(sig, modulus)) % modulus
      const message = power(sig, 65_537n, modulus)
      expect((message * power(factor, 65_537n, modulus)) % modulus).toBe(blinded)
      return factor
    }),
  )
  // and the right one looks like all the others: none is 1 (not blinded), none repeats (one factor for several)
  const all = factors.flat()
  expect(all).toHaveLength(N * N)
  expect(new Set(all).size).toBe(N * N)
  for (const factor of all) expect(factor > 2n ** 64n && modulus - factor > 2n ** 64n).toBe(true)

  // what the issuer stores of an exchange is nowhere at the box, and what the box stores of a ticket is nowhere at the issuer
  const [box, issuer] = ['box.sqlite', 'issuer.sqlite'].map((file) => readFileSync(join(test.folder, file)))
  for (const hash of stored) {
    expect(issuer?.includes(hash)).toBe(true)
    expect(box?.includes(hash)).toBe(false)
  }
  for (const { input } of tickets) expect(issuer?.includes(Buffer.from(input.subarray(-32)))).toBe(false)
})
