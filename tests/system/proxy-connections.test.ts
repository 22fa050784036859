import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { makeCode } from '#protocol/code'
import { serve } from '#tests/support/ita.ts'
import { runNginx } from '#tests/support/run-nginx.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** The example's `limit_conn`, and somewhat more. */
const [LIMIT, OPENED] = [512, 540]

/** A collector behind the example for production. */
async function behindProxy() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const { cid } = await demoCampaign(data, 'http://127.0.0.1')
  const collector = await serve(data, undefined, ['--behind-proxy'])
  onTestFinished(() => collector.kill())
  const upstream = new URL(collector.url).host
  return { ...(await runNginx(join(folder, 'nginx'), { issuer: upstream, box: upstream })), cid }
}

it('an exchange and a later delivery never share a connection, however soon they follow each other', async () => {
  const { url, certificate, cid } = await behindProxy()
  // as a browser does: one connection, kept for what comes next
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(certificate) })
  onTestFinished(() => agent.destroy())
  /** Asks, and says over which of the connections so far. */
  const sockets: unknown[] = []
  const over = (path: string, body?: object) =>
    new Promise<{ connection: number; status: number }>((resolve, reject) => {
      const asking = request(`${url}${path}`, {
        agent,
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json' },
      })
      asking.once('error', reject)
      asking.once('response', (response) => {
        const { socket } = response
        if (!sockets.includes(socket)) sockets.push(socket)
        response.resume()
        response.once('close', () => resolve({ connection: sockets.indexOf(socket), status: response.statusCode ?? 0 }))
      })
      asking.end(body ? JSON.stringify(body) : undefined)
    })
  const message = () => randomBytes(384).fill(0, 0, 1).toString('base64url')
  const code = makeCode('iit', randomBytes(23))
  const issue = { cid, code, blinded: { outer: message(), inner: message() } }
  expect(await over('/v2/health')).toEqual({ connection: 0, status: 200 })
  // what tells nobody apart keeps its connection
  expect(await over('/v2/health')).toEqual({ connection: 0, status: 200 })
  expect(await over(`/v2/campaigns/${cid}`)).toEqual({ connection: 0, status: 200 })
  expect(await over('/v2/issue', issue)).toEqual({ connection: 1, status: 403 })
  expect(await over('/v2/box', { cid, items: [] })).toEqual({ connection: 2, status: 400 })
})

it('who opens more connections than an office needs is refused the rest; all others are served', async () => {
  const { url, certificate } = await behindProxy()
  const { hostname: host, port } = new URL(url)
  const to = { host, port: Number(port), ca: readFileSync(certificate) }
  const refused = new Set<TLSSocket>()
  const begin = 'POST /v2/box HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n{'
  const sockets = Array.from({ length: OPENED }, () => {
    const socket = connect(to)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => String(chunk).startsWith('HTTP/1.1 503') && refused.add(socket))
    socket.once('secureConnect', () => socket.write(begin))
    return socket
  })
  onTestFinished(() => void sockets.forEach((socket) => void socket.destroy()))
  await expect.poll(() => refused.size, { timeout: 25_000 }).toBe(OPENED - LIMIT)
  // another address: loopback has many
  const other = connect({ ...to, socket: connectTcp({ host, port: to.port, localAddress: '127.0.0.2' }) })
  onTestFinished(() => void other.destroy())
  const answer = new Promise<string>((resolve) => other.once('data', (chunk) => resolve(String(chunk))))
  other.once('secureConnect', () => other.write('GET /v2/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'))
  expect(await answer).toMatch(/^HTTP\/1\.1 200/)
})

it('the survey team’s room takes a whole action plan, and a respondent’s address takes nothing of its size', async () => {
  const { url, certificate } = await behindProxy()
  const statusOf = (origin: string) =>
    new Promise<number>((resolve, reject) => {
      const asking = request(`${origin}/v2/admin/rounds/${'A'.repeat(22)}/public-report`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        ca: readFileSync(certificate),
        // the example's certificate is for the address
        checkServerIdentity: () => undefined,
      })
      asking.once('error', reject)
      asking.once('response', (response) => {
        response.resume()
        response.once('close', () => resolve(response.statusCode ?? 0))
      })
      asking.end(JSON.stringify({ text: 'ก'.repeat(300_000) }))
    })
  // 403: it came to the collector, which takes nothing that no page of its own sent
  expect(await statusOf(url.replace('127.0.0.1', 'localhost'))).toBe(403)
  expect(await statusOf(url)).toBe(413)
})
