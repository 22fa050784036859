import type { FastifyInstance } from 'fastify'
import { SeededRandom } from '#cli/demo/seeded-random'
import type { ActLog } from '#collector/acts/act-log'
import type { BoxSchema } from '#collector/box/box-schema'
import type { BoxStore } from '#collector/box/box-store'
import type { IntakeKeys } from '#collector/box/intake-keys'
import { buildCollector } from '#collector/http/collector'
import type { IssuerStore } from '#collector/issuer/issuer-store'
import type { OpenDatabase } from '#collector/storage/engine'
import { flushOutbox } from '#device/delivery/flush'
import type { Device } from '#device/device'
import { readHoldings } from '#device/holdings'
import { makeMemoryStore } from '#device/memory-store'
import type { OutboxRecord, Store } from '#device/store'
import { toBase64Url } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import { SIZES } from '#protocol/sizes'
import { spentOf } from '#tests/support/spent.ts'
import { type Network, testDevice } from '#tests/support/test-device.ts'
import { Crash, crashingStore, faultyNetwork, type Life, type Reached } from './faulty.ts'
import { type BoxPlace, IN_MEMORY, SimulatedRound } from './round.ts'

export interface World {
  readonly campaign: Campaign
  readonly manifestText: string
  readonly issuer: IssuerStore
  readonly acts: ActLog
  readonly pool: readonly OutboxRecord[]
  /** Where boxes lie; default in memory. */
  readonly place?: BoxPlace
}

/** A bug put in on purpose, to see that a run would find it. */
export interface PlantedBug {
  readonly network?: (inner: Network, store: Store) => Network
  readonly box?: (box: BoxStore) => BoxStore
  readonly keys?: (keys: IntakeKeys) => IntakeKeys
  readonly settle?: (box: BoxStore, campaign: Campaign, database: OpenDatabase<BoxSchema>) => Promise<void>
}

const POISONED = 'poisoned'

/**
 * One seed: a few phones with sealed responses, some with two tabs, flush through a bad network, crash and start again;
 * then all is well and everything must have arrived once. Throws when it has not.
 */
export async function simulate(
  world: World,
  seed: number,
  reach: (what: Reached) => void,
  bug: PlantedBug = {},
): Promise<void> {
  const random = new SeededRandom(seed)
  const { issuer, acts, place = IN_MEMORY } = world
  const database = await place.fresh()
  const round = await SimulatedRound.begin(world.campaign, world.manifestText, database, bug)
  const { box } = round
  const app = await buildCollector({ issuer, box: bug.box?.(box) ?? box, acts, appFolder: null })
  const phones = await dealResponses(world.pool, random, reach)
  try {
    for (let turn = 0; turn < 6; turn += 1) {
      const night = random.fraction() < 0.3 ? round.resealBadly(1 + random.below(30), reach) : null
      const busy = phones.filter(() => random.fraction() < 0.7)
      await Promise.all([night, ...busy.map((phone) => useBadly(app, phone, random, reach, bug))])
      for (const phone of phones) await conserved(phone)
    }
    for (const phone of phones) await heal(app, phone)
    await everythingArrivedOnce(world, box, phones)
    await round.closeBadly(random, reach)
    await everythingArrivedOnce(world, box, phones)
  } finally {
    await app.close()
    await place.done(database)
  }
}

interface SimulatedPhone {
  readonly store: Store
  readonly sealed: readonly OutboxRecord[]
}

async function dealResponses(
  pool: readonly OutboxRecord[],
  random: SeededRandom,
  reach: (what: Reached) => void,
): Promise<SimulatedPhone[]> {
  const left = random.shuffled(pool)
  const phones: SimulatedPhone[] = []
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const sealed = left.splice(0, 1 + random.below(4))
    const poisoned = sealed.length > 2 && random.fraction() < 0.3
    if (poisoned) reach('poison-in-the-middle')
    const store = makeMemoryStore()
    await store.transact('strict', ['outbox'], async (tx) => {
      for (const [index, record] of sealed.entries()) {
        await tx.put('outbox', poisoned && index === 1 ? { ...record, id: POISONED, ct: record.ct.slice(1) } : record)
      }
    })
    phones.push({ store, sealed: poisoned ? sealed.filter((_, index) => index !== 1) : sealed })
  }
  return phones
}

const timeless = { now: () => 0, schedule: () => () => undefined }

async function useBadly(
  app: FastifyInstance,
  phone: SimulatedPhone,
  random: SeededRandom,
  reach: (what: Reached) => void,
  bug: PlantedBug,
): Promise<void> {
  const tab = (): Device => {
    const life: Life = { dead: false }
    const network = faultyNetwork(life, random, reach)
    const store = crashingStore(phone.store, life, random, reach)
    const randomness = { bytes: (length: number) => new Uint8Array(length), fraction: () => random.fraction() }
    return testDevice(app, bug.network?.(network, phone.store) ?? network, {
      store,
      clock: timeless,
      random: randomness,
    })
  }
  const tabs = random.fraction() < 0.3 ? [tab(), tab()] : [tab()]
  if (tabs.length > 1) reach('two-tabs-flush')
  await Promise.all(
    tabs.map((device) =>
      flushOutbox(device).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error
      }),
    ),
  )
}

/** At every moment each sealed response is on the phone or has its receipt there. */
async function conserved({ store, sealed }: SimulatedPhone): Promise<void> {
  const { outbox, receipts } = await holdingsOf(store)
  for (const { id, receipt } of sealed) {
    if (!outbox.some((record) => record.id === id && record.state === 'waiting') && !receipts.includes(receipt))
      throw new Error(`lost ${id}`)
  }
}

async function heal(app: FastifyInstance, { store }: SimulatedPhone): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) await flushOutbox(testDevice(app, undefined, { store, clock: timeless }))
  const { outbox } = await holdingsOf(store)
  const stuck = outbox.filter((record) => record.id !== POISONED || record.state !== 'refused')
  if (stuck.length > 0) throw new Error(`never delivered: ${stuck.map(({ id }) => id).join()}`)
}

async function everythingArrivedOnce(
  { campaign }: World,
  box: BoxStore,
  phones: readonly SimulatedPhone[],
): Promise<void> {
  const sealed = phones.flatMap((phone) => phone.sealed.map(({ ct }) => ct)).sort()
  const stored: string[] = []
  for await (const row of box.sealedRows(campaign.cid, 'iit'))
    stored.push(toBase64Url(row.subarray(SIZES.encapsulatedKey)))
  if (stored.sort().join() !== sealed.join()) throw new Error(`${sealed.length} sealed, ${stored.length} stored`)
  const spent = await spentOf(box, campaign.cid, 'iit')
  if (spent.length !== sealed.length) throw new Error(`${spent.length} tickets spent for ${sealed.length} responses`)
}

async function holdingsOf(store: Store) {
  const { outbox, receipts } = await readHoldings({ store } as Device)
  return { outbox, receipts: receipts.map(({ id }) => id) }
}
