import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { backUp } from '#collector/installation/backup'
import { openStores } from '#collector/installation/data-folder'
import { toBase64Url } from '#protocol/bytes'
import { blindTicket, prepareTicket, type TicketKind } from '#protocol/ticket'
import { directItem } from '#tests/support/direct-response.ts'
import { freePort } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const PROGRAM = new URL('../../src/cli/main.ts', import.meta.url).pathname

/** An address, an agent and a header that nobody else on earth sends. */
const ADDRESS = '127.83.119.241'
const AGENT = 'CanaryAgent/7c1f0e92d3'
const HEADER = 'canary-b58e21f6'

interface Sent {
  readonly port: number
  readonly path: string
  readonly body?: string
}

function send({ port, path, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'user-agent': AGENT,
      'x-canary': HEADER,
      'x-forwarded-for': ADDRESS,
      referer: `http://${HEADER}.example/`,
      cookie: `c=${HEADER}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const ask = request(
      { host: '127.0.0.1', localAddress: ADDRESS, port, path, method: body ? 'POST' : 'GET', headers },
      (reply) => {
        reply.resume().on('end', () => resolve(reply.statusCode ?? 0))
      },
    )
    ask.on('error', reject).end(body)
  })
}

function holding(folder: string, traces: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return traces.some((trace) => bytes.includes(trace) || bytes.includes(Buffer.from(trace, 'utf16le')))
    })
}

it('no address, agent, header or code that was sent is found in data, logs, temporary files or backups', async () => {
  const folder = tempFolder()
  const [data, tmp, logs] = ['data', 'tmp', 'logs'].map((name) => join(folder, name)) as [string, string, string]
  for (const made of [tmp, logs]) mkdirSync(made)
  const stores = await openStores(data)
  const { campaign, slip } = await makeRound(stores, { eligible: { iit: 20 } })
  const key = await stores.issuer.keys.of(campaign.cid, 'iit')
  if (!key) throw new Error('no key')
  const cid = campaign.manifest.cid
  const { code } = slip('iit', 0)
  const { issuerKey = '', innerKey = '' } = campaign.manifest.lanes.iit ?? {}
  const blindedFor = async (kind: TicketKind, key: string) => {
    const input = await prepareTicket(kind, campaign.cid, 'iit', new Uint8Array(32))
    return toBase64Url((await blindTicket(key, input)).blinded)
  }
  const blinded = { outer: await blindedFor('outer', issuerKey), inner: await blindedFor('inner', innerKey) }
  const item = await directItem(campaign, 'iit', key, { I1: 1 })
  await stores.end()

  const port = await freePort()
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--data', data, '--port', String(port), '--behind-proxy'], {
    env: { ...process.env, TMPDIR: tmp, NODE_DEBUG: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  await expect.poll(() => output, { timeout: 60_000 }).toContain('http://')

  const wrongCode = '0123456789ABCDEFGHJKMNPQ'
  const statuses = [
    await send({ port, path: `/?q=${HEADER}` }),
    await send({ port, path: `/v2/campaigns/${cid}?q=${HEADER}` }),
    await send({ port, path: '/v2/issue', body: JSON.stringify({ cid, code, blinded }) }),
    await send({ port, path: '/v2/box', body: JSON.stringify({ cid, items: [item] }) }),
    // what goes wrong is where careless programs write things down
    await send({
      port,
      path: '/v2/issue',
      body: JSON.stringify({ cid, code: wrongCode, blinded }),
    }),
    await send({ port, path: '/v2/box', body: `{"${HEADER}":` }),
    await send({ port, path: `/${HEADER}/%ff`, body: HEADER }),
    await send({ port, path: `/v2/campaigns/${HEADER}` }),
  ]
  expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 403])
  const running = [...holding(data, [ADDRESS, AGENT, HEADER, code]), ...holding(tmp, [ADDRESS, AGENT, HEADER, code])]
  expect(running).toEqual([])
  child.kill('SIGTERM')
  await once(child, 'exit')
  writeFileSync(join(logs, 'output'), output)

  const after = await openStores(data)
  expect(await after.box.count(campaign.cid, 'iit')).toBe(1)
  await backUp(after, data, join(folder, 'backup'), 'test')
  await after.end()
  const traces = [ADDRESS, AGENT, HEADER, code, wrongCode, item.input, item.sig, item.ct]
  expect(holding(folder, traces)).toEqual([])

  // the search finds each of them where it is put
  for (const trace of traces) {
    const planted = join(data, 'planted')
    writeFileSync(planted, `\0\x01${trace}\0`)
    expect(holding(folder, [trace])).toEqual([planted])
    rmSync(planted)
  }
})
