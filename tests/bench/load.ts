import { parentPort, workerData } from 'node:worker_threads'
import { Pool } from 'undici'

interface Load {
  readonly url: string
  readonly bodies: readonly string[]
  readonly connections: number
}

/** One thread of load: every body once, over so many connections, each waiting for its answer. */
const { url, bodies, connections } = workerData as Load
const pool = new Pool(url, { connections, pipelining: 1 })
const queue = bodies.values()
let kept = 0
const started = performance.now()

async function work(): Promise<void> {
  for (const body of queue) {
    const reply = await pool.request({
      path: '/v2/box',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    kept += (await reply.body.text()).split('"kept"').length - 1
  }
}

await Promise.all(Array.from({ length: connections }, work))
const seconds = (performance.now() - started) / 1000
await pool.close()
const expected = bodies.reduce((sum, body) => sum + body.split('"input"').length - 1, 0)
if (kept !== expected) throw new Error(`${kept} of ${expected} deliveries were kept`)
parentPort?.postMessage(bodies.length / seconds)
