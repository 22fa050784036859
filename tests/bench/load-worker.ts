import { parentPort, workerData } from 'node:worker_threads'
import { Pool } from 'undici'
import type { Load } from './load.ts'

/** One thread of load: every body once, over so many connections, each waiting for its answer. */
const { url, path, bodies, connections, good, asked } = workerData as Load
const pool = new Pool(url, { connections, pipelining: 1 })
const queue = bodies.values()
const countOf = (text: string, what: string) => text.split(what).length - 1
let outcomes = 0
const started = performance.now()

async function work(): Promise<void> {
  for (const body of queue) {
    const reply = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    outcomes += countOf(await reply.body.text(), good)
  }
}

await Promise.all(Array.from({ length: connections }, work))
const seconds = (performance.now() - started) / 1000
await pool.close()
const expected = asked === undefined ? bodies.length : bodies.reduce((sum, body) => sum + countOf(body, asked), 0)
if (outcomes !== expected) throw new Error(`${outcomes} of ${expected} had a good outcome`)
parentPort?.postMessage(bodies.length / seconds)
