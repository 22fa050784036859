import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What an operator changes of what passes: the request's body on its way in, the answer's on its way out. */
export interface Alteration {
  readonly request?: (path: string, body: string) => string
  readonly answer?: (path: string, body: string) => string
}

/**
 * A collector whose operator has altered it, as a program between browsers and the real one: every byte that a browser loads
 * is the real collector's own, and only what the two say to each other is changed.
 */
export async function alteredCollector(real: string, alteration: Alteration): Promise<string> {
  const server = createServer((asked, reply) => void pass(real, asked, reply, alteration)).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function pass(
  real: string,
  asked: IncomingMessage,
  reply: ServerResponse,
  alteration: Alteration,
): Promise<void> {
  const path = asked.url ?? ''
  const isMessage = path.startsWith('/v2/')
  const body = await bytesOf(asked)
  const sent = isMessage && alteration.request ? Buffer.from(alteration.request(path, body.toString())) : body
  const { 'content-length': _length, ...headers } = asked.headers
  const passed = request(`${real}${path}`, {
    method: asked.method,
    headers: { ...headers, ...(sent.length > 0 ? { 'content-length': sent.length } : {}) },
  })
  passed.end(sent)
  const [answer] = (await once(passed, 'response')) as [IncomingMessage]
  const said = await bytesOf(answer)
  const told = isMessage && alteration.answer ? Buffer.from(alteration.answer(path, said.toString())) : said
  const { 'content-length': _answerLength, 'transfer-encoding': _encoding, ...more } = answer.headers
  reply.writeHead(answer.statusCode ?? 500, { ...more, 'content-length': told.length })
  reply.end(told)
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
