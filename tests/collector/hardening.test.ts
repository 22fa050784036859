import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { makeCode } from '#protocol/code'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'

const OFFICE = '203.0.113.7'

/** Below every modulus. */
const message = () => randomBytes(384).fill(0, 0, 1).toString('base64url')

function issue(test: TestCampaign, code: string, remoteAddress: string) {
  const payload = {
    cid: test.campaign.manifest.cid,
    code,
    blinded: { outer: message(), inner: message() },
  }
  return test.app.inject({ method: 'POST', url: '/v2/issue', payload, remoteAddress })
}

describe('rate limits', () => {
  it('let 300 phones behind one address through in five minutes, four tries each, and their deliveries', async () => {
    const test = await testCampaign()
    const statuses = new Map<number, number>()
    const used = Array.from({ length: 300 }, () => test.slip('iit').code)
    for (let tries = 0; tries < 4; tries += 1) {
      for (const code of used) {
        const { statusCode } = await issue(test, code, OFFICE)
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
      }
    }
    // each first try is granted, each later one brings another message and is told that the code was used
    expect(statuses).toEqual(
      new Map([
        [200, 300],
        [409, 900],
      ]),
    )
    const body = { cid: test.campaign.manifest.cid, items: [] }
    for (let delivery = 0; delivery < 1200; delivery += 1) {
      const { statusCode } = await test.app.inject({
        method: 'POST',
        url: '/v2/box',
        payload: body,
        remoteAddress: OFFICE,
      })
      expect(statusCode).not.toBe(429)
    }
  }, 120_000)

  it('stop whoever guesses codes after a hundred, and nobody with a good one, there or elsewhere', async () => {
    const test = await testCampaign()
    let refused = 0
    for (let guess = 0; guess < 150; guess += 1) {
      const { statusCode, headers } = await issue(test, makeCode('iit', randomBytes(23)), OFFICE)
      if (statusCode === 429) {
        refused += 1
        expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      }
    }
    expect(refused).toBeGreaterThanOrEqual(49)
    expect(refused).toBeLessThanOrEqual(50)
    // a colleague behind the same address, whose slip is good, is not kept out by it
    expect((await issue(test, test.slip('iit').code, OFFICE)).statusCode).toBe(200)
    expect((await issue(test, test.slip('iit').code, '203.0.113.8')).statusCode).toBe(200)
  })

  it('take the address from a proxy on this machine, and from nobody else', async () => {
    const test = await testCampaign()
    const behind = await buildCollector({ ...test.stores, appFolder: null, behindProxy: true })
    const guess = (app: typeof behind, remoteAddress: string, forwarded: string) =>
      app.inject({
        method: 'POST',
        url: '/v2/issue',
        remoteAddress,
        headers: { 'x-forwarded-for': forwarded },
        payload: {
          cid: test.campaign.manifest.cid,
          code: makeCode('iit', randomBytes(23)),
          blinded: { outer: 'A'.repeat(512), inner: 'A'.repeat(512) },
        },
      })
    for (let count = 0; count < 101; count += 1) await guess(behind, '127.0.0.1', OFFICE)
    expect((await guess(behind, '127.0.0.1', OFFICE)).statusCode).toBe(429)
    expect((await guess(behind, '127.0.0.1', '203.0.113.9')).statusCode).toBe(403)
    // a stranger cannot take another name at each request
    for (let count = 0; count < 101; count += 1) await guess(behind, '198.51.100.1', `203.0.113.${count}`)
    expect((await guess(behind, '198.51.100.1', '203.0.113.200')).statusCode).toBe(429)
    await behind.close()
  })
})

describe('slow clients', () => {
  it.each([
    ['never finish their headers', 'POST /v2/box HTTP/1.1\r\nHost: x\r\n', 'X-Drip: 1\r\n'],
    [
      'send their body drop by drop',
      'POST /v2/box HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{',
      ' ',
    ],
  ])('that %s are let go, while others are served', async (_what, begin, drip) => {
    const test = await testCampaign()
    const app = await buildCollector({ ...test.stores, appFolder: null, requestTimeoutMs: 1000 })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const slow = connect(port, '127.0.0.1')
    slow.on('error', () => undefined)
    await once(slow, 'connect')
    slow.write(begin)
    const dripping = setInterval(() => slow.write(drip), 100)
    let answer = ''
    slow.on('data', (chunk) => (answer += chunk))
    const closed = once(slow, 'close')
    expect((await fetch(`http://127.0.0.1:${port}/v2/health`)).status).toBe(200)
    await closed
    clearInterval(dripping)
    expect(answer).toMatch(/^HTTP\/1\.1 408/)
    await app.close()
  })
})

describe('headers', () => {
  it('are strict on every answer, and promise TLS only over TLS', async () => {
    const test = await testCampaign()
    const behind = await buildCollector({ ...test.stores, appFolder: null, behindProxy: true })
    const over = (proto: string) => behind.inject({ url: '/v2/health', headers: { 'x-forwarded-proto': proto } })
    expect((await over('https')).headers['strict-transport-security']).toMatch(/max-age=31536000/)
    expect((await over('http')).headers['strict-transport-security']).toBeUndefined()
    expect(
      (await test.app.inject({ url: '/v2/health', headers: { 'x-forwarded-proto': 'https' } })).headers[
        'strict-transport-security'
      ],
    ).toBeUndefined()
    for (const url of ['/v2/health', '/nowhere', '/v2/campaigns/x']) {
      const { headers } = await test.app.inject(url)
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      expect(String(headers['content-security-policy'])).toContain("require-trusted-types-for 'script'")
      expect(String(headers['content-security-policy'])).not.toContain('unsafe-')
      expect(String(headers['permissions-policy'])).toContain('geolocation=()')
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers['x-ratelimit-limit']).toBeUndefined()
    }
    await behind.close()
  })
})
