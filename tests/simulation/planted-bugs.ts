import { randomBytes } from 'node:crypto'
import type { BoxStore } from '#collector/box/box-store'
import type { Store } from '#device/store'
import { json, type Network } from '#tests/support/test-device.ts'
import type { PlantedBug } from './simulate.ts'

/** Forgets the response when it is sent, not when it is kept. */
function deleteBeforeAnswer(inner: Network, store: Store): Network {
  return async (request, pass) => {
    const inputs: readonly string[] = JSON.parse(request.body ?? '{"items":[]}').items.map(
      (item: { input: string }) => item.input,
    )
    await store.transact('strict', ['outbox'], async (tx) => {
      for (const record of await tx.all('outbox'))
        if (inputs.includes(record.input)) await tx.delete('outbox', record.id)
    })
    return inner(request, pass)
  }
}

/** Takes any 200 for an acknowledgement. */
function believeAny200(inner: Network): Network {
  return async (request, pass) => {
    const answer = await inner(request, pass)
    if (answer.status !== 200) return answer
    const count = JSON.parse(request.body ?? '{"items":[]}').items.length
    return json(200, { v: 2, results: Array.from({ length: count }, (_, n) => ({ n, s: 'kept' })) })
  }
}

/** Takes a refusal for good where the collector asked to come later. */
function giveUpOnBusy(inner: Network): Network {
  return async (request, pass) => {
    const answer = await inner(request, pass)
    return answer.status === 503 ? json(400, { v: 2, error: 'bad-request', message: '' }) : answer
  }
}

/** Stores a response again when it comes again. */
function noDeduplication(box: BoxStore): BoxStore {
  return new Proxy(box, {
    get(target, name) {
      if (name === 'keep')
        return (delivery: Parameters<BoxStore['keep']>[0]) => target.keep({ ...delivery, nf: randomBytes(32) })
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Says "kept" before anything is stored, and then is too slow now and then. */
function acknowledgeFirst(box: BoxStore): BoxStore {
  let deliveries = 0
  return new Proxy(box, {
    get(target, name) {
      if (name === 'keep') {
        return (delivery: Parameters<BoxStore['keep']>[0]) => {
          deliveries += 1
          return deliveries % 5 === 0 ? Promise.resolve('kept') : target.keep(delivery)
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

export const PLANTED_BUGS: Readonly<Record<string, PlantedBug>> = {
  'delete before the answer': { network: deleteBeforeAnswer },
  'believe any 200': { network: believeAny200 },
  'give up where one should wait': { network: giveUpOnBusy },
  'store again what comes again': { box: noDeduplication },
  'acknowledge before storing': { box: acknowledgeFirst },
}
