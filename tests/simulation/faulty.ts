import type { SeededRandom } from '#cli/demo/seeded-random'
import type { Store } from '#device/store'
import { html, json, type Network } from '#tests/support/test-device.ts'

/** What a run must have met, or it has shown nothing. */
export type Reached =
  | 'answer-lost-after-commit'
  | 'crash-between-commit-and-answer'
  | 'two-tabs-flush'
  | 'poison-in-the-middle'
  | 'crash-in-store'
  | 'resealed-under-load'
  | 'resealing-broken-off'
  | 'settlement-broken-off'

export class Crash extends Error {}

/** One run of the app on a device: when it crashes, nothing of it does anything any more. */
export interface Life {
  dead: boolean
}

/** A store that crashes its app at the n-th transaction, before or after the commit. */
export function crashingStore(inner: Store, life: Life, random: SeededRandom, reach: (what: Reached) => void): Store {
  let left = random.below(12)
  const afterCommit = random.fraction() < 0.5
  return {
    async transact(durability, tables, work) {
      if (life.dead) throw new Crash()
      left -= 1
      if (left !== 0) return inner.transact(durability, tables, work)
      life.dead = true
      reach('crash-in-store')
      if (afterCommit) await inner.transact(durability, tables, work)
      throw new Crash()
    },
  }
}

type Fault = (pass: () => Promise<Response>, body: string) => Promise<Response>

/** A network that does to each delivery what the seed says: a fault in nine draws of thirteen. */
export function faultyNetwork(life: Life, random: SeededRandom, reach: (what: Reached) => void): Network {
  const faults: readonly Fault[] = [
    async () => Promise.reject(new TypeError('dropped')),
    async () => html('Sign in'),
    async () => json(429, { v: 2, error: 'too-many-requests', message: '' }),
    async () => json(503, { v: 2, error: 'server-error', message: '' }),
    async (pass, body) => (body.length > 5000 ? new Response('', { status: 413 }) : pass()),
    async (pass) => {
      await pass()
      reach('answer-lost-after-commit')
      throw new TypeError('reset')
    },
    async (pass) => {
      await pass()
      life.dead = true
      reach('crash-between-commit-and-answer')
      throw new Crash()
    },
    async (pass) => pass().then(pass),
    async (pass) => {
      const text = await (await pass()).text()
      return new Response(text.slice(0, 60), { headers: { 'content-type': 'application/json' } })
    },
  ]
  return async (request, pass) => {
    if (life.dead) throw new Crash()
    for (let turns = random.below(4); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve))
    const fault = faults[random.below(faults.length + 4)]
    return fault ? fault(pass, request.body ?? '') : pass()
  }
}
