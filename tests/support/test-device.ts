import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Device } from '#device/device'
import { makeMemoryStore } from '#device/memory-store'

/** The network between a device and the collector: passes requests on, unless a fault says otherwise. */
export type Network = (
  request: { path: string; method: string; body: string | undefined },
  pass: () => Promise<Response>,
) => Promise<Response>

const passing: Network = (_request, pass) => pass()

/** A device core with a store in memory, whose requests reach a collector in this process. */
export function testDevice(app: FastifyInstance, network: Network = passing, overrides: Partial<Device> = {}): Device {
  return {
    origin: 'http://collector',
    store: makeMemoryStore(),
    fetch: (input, init) => {
      const path = new URL(String(input)).pathname
      const body = init?.body === undefined ? undefined : String(init.body)
      return network({ path, method: init?.method ?? 'GET', body }, () => inject(app, path, init))
    },
    clock: {
      now: () => Date.now(),
      schedule(delayMs, run) {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
    },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)), fraction: Math.random },
    lock: { exclusively: (_name, work) => work() },
    ...overrides,
  }
}

async function inject(app: FastifyInstance, path: string, init?: RequestInit): Promise<Response> {
  const reply = await app.inject({
    method: init?.method === 'POST' ? 'POST' : 'GET',
    url: path,
    headers: (init?.headers ?? {}) as Record<string, string>,
    ...(init?.body === undefined ? {} : { payload: String(init.body) }),
  })
  return new Response(new Uint8Array(reply.rawPayload), {
    status: reply.statusCode,
    headers: reply.headers as Record<string, string>,
  })
}

/** A captive portal's page. */
export function html(text: string): Response {
  return new Response(`<html>${text}</html>`, { status: 200, headers: { 'content-type': 'text/html' } })
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
}
