import { parentPort, workerData } from 'node:worker_threads'
import autocannon from 'autocannon'

interface Load {
  readonly url: string
  readonly bodies: readonly string[]
  readonly connections: number
}

/** One thread of load: every body once, over so many connections. */
const { url, bodies, connections } = workerData as Load
let next = 0
let kept = 0
const started = performance.now()
await autocannon({
  url: `${url}/v1/box`,
  connections,
  amount: bodies.length,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  requests: [
    {
      setupRequest(request) {
        const body = bodies[next]
        next += 1
        return { ...request, ...(body === undefined ? {} : { body }) }
      },
      onResponse(_status, body) {
        kept += body.split('"kept"').length - 1
      },
    },
  ],
})
const seconds = (performance.now() - started) / 1000
const expected = bodies.reduce((sum, body) => sum + body.split('"input"').length - 1, 0)
if (kept !== expected) throw new Error(`${kept} of ${expected} deliveries were kept`)
parentPort?.postMessage(bodies.length / seconds)
