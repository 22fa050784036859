import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { tempFolder } from './temp-folder.ts'

/** What a proxy does to one address, or to one header of all. */
export interface Spoil {
  readonly path?: string
  readonly status?: number
  readonly body?: string
  readonly cache?: string
  readonly drop?: string
}

/** Passes everything on but one thing. */
export function spoilingProxy(real: string, { path, status, body, cache, drop }: Spoil): Promise<string> {
  const server = createServer(async ({ url }, reply) => {
    const answer = await fetch(`${real}${url}`)
    const text = await answer.text()
    for (const [name, value] of answer.headers)
      if (!NOT_PASSED.includes(name) && name !== drop) reply.setHeader(name, value)
    const spoil = url === path ? { status, body, cache } : {}
    if (spoil.cache) reply.setHeader('cache-control', spoil.cache)
    reply.statusCode = spoil.status ?? answer.status
    reply.end(spoil.body ?? text)
  })
  return listening(server, 'http')
}

/** What `fetch` has undone, or knows better. */
const NOT_PASSED = ['content-length', 'content-encoding', 'transfer-encoding']

/** A server with a certificate that it signed itself, good for so many days from now. */
export function tlsServer(days: number): Promise<string> {
  const folder = tempFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const self = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', String(days)]
  expect(spawnSync('openssl', [...self, '-keyout', key, '-out', cert]).status).toBe(0)
  return listening(createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }), 'https')
}

async function listening(server: Server, scheme: string): Promise<string> {
  server.listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}
