import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** One request as a perfect access log has it. */
export interface LogLine {
  readonly at: number
  readonly address: string
  readonly path: string
  readonly requestBytes: number
  readonly answerBytes: number
}

/** A proxy that writes down everything a proxy can see of encrypted answers: when, who, what, how large. */
export async function watchingProxy(target: string): Promise<{ url: string; log: LogLine[] }> {
  const log: LogLine[] = []
  const server = createServer((incoming, outgoing) => {
    const at = performance.now()
    const address = incoming.socket.remoteAddress ?? ''
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      const headers = { ...incoming.headers, 'x-forwarded-for': address }
      const onward = request(`${target}${incoming.url}`, { method: incoming.method, headers }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        let answerBytes = 0
        reply.on('data', (chunk: Buffer) => {
          answerBytes += chunk.length
          outgoing.write(chunk)
        })
        reply.on('end', () => {
          outgoing.end()
          log.push({ at, address, path: incoming.url ?? '', requestBytes: body.length, answerBytes })
        })
      })
      onward.end(body)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log }
}

/** Fetch from an address of one's own: each device of a test is somebody else on the network. */
export function fetchFrom(localAddress: string): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const headers = init?.headers as Record<string, string> | undefined
      const ask = request(
        String(input),
        { method: init?.method ?? 'GET', headers: headers ?? {}, localAddress, agent: false },
        (reply) => {
          const chunks: Buffer[] = []
          reply.on('data', (chunk: Buffer) => chunks.push(chunk))
          reply.on('end', () =>
            resolve(
              new Response(Buffer.concat(chunks), {
                status: reply.statusCode ?? 0,
                headers: reply.headers as Record<string, string>,
              }),
            ),
          )
        },
      )
      ask.on('error', reject)
      ask.end(init?.body)
    })
}
