import { randomBytes } from 'node:crypto'
import type { BoxSchema } from '#collector/box/box-schema'
import type { BoxStore } from '#collector/box/box-store'
import type { IntakeKeys } from '#collector/box/intake-keys'
import type { OpenDatabase } from '#collector/storage/engine'
import type { Store } from '#device/store'
import type { Campaign } from '#protocol/manifest'
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
  return withChanged(box, 'keep', (delivery: Parameters<BoxStore['keep']>[0]) =>
    box.keep({ ...delivery, nf: randomBytes(32) }),
  )
}

/** Says "kept" before anything is stored, and then is too slow now and then. */
function acknowledgeFirst(box: BoxStore): BoxStore {
  let deliveries = 0
  return withChanged(box, 'keep', (delivery: Parameters<BoxStore['keep']>[0]) => {
    deliveries += 1
    return deliveries % 5 === 0 ? Promise.resolve('kept') : box.keep(delivery)
  })
}

/** Two tickets may have one tag. */
function shortTags(keys: IntakeKeys): IntakeKeys {
  return withChanged(keys, 'of', (cid: Uint8Array, epoch: number) => {
    const key = keys.of(cid, epoch)
    return withChanged(key, 'tag', (nf: Uint8Array) => Buffer.alloc(16, (nf[0] ?? 0) % 4))
  })
}

/** Destroys the key when a round is closed, not when it is settled. */
async function destroyKeyFirst(box: BoxStore, campaign: Campaign): Promise<void> {
  box.keys.destroy(campaign.cid)
  await box.settle(campaign)
}

/** Settles again what is settled. */
async function settleTwice(box: BoxStore, campaign: Campaign, { db }: OpenDatabase<BoxSchema>): Promise<void> {
  await box.settle(campaign)
  const rows = await db.selectFrom('box').selectAll().execute()
  const again = rows.map((row) => ({ ...row, rid: randomBytes(16) }))
  if (again.length > 0) await db.insertInto('box').values(again).execute()
  await box.destroyIntake(campaign)
}

/** Throws away what lay under the key before it is in the box. */
async function forgetFirst(box: BoxStore, campaign: Campaign, { db }: OpenDatabase<BoxSchema>): Promise<void> {
  await db.deleteFrom('intake').where('cid', '=', Buffer.from(campaign.cid)).execute()
  await db.deleteFrom('spent').where('cid', '=', Buffer.from(campaign.cid)).execute()
  await db.updateTable('counts').set({ n: 0 }).execute()
  await box.settle(campaign)
  await box.destroyIntake(campaign)
}

/** The same thing with one of its functions exchanged. */
function withChanged<T extends object>(thing: T, changed: keyof T, change: unknown): T {
  return new Proxy(thing, {
    get(target, name) {
      if (name === changed) return change
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
  'take two tickets for one': { keys: shortTags },
  'destroy the key before the settlement': { settle: destroyKeyFirst },
  'settle again what is settled': { settle: settleTwice },
  'forget before it has settled': { settle: forgetFirst },
}
