import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { BOX_DATABASE, type BoxSchema } from '#collector/box/box-schema'
import { BoxStore } from '#collector/box/box-store'
import { IntakeKeys } from '#collector/box/intake-keys'
import { openStores } from '#collector/installation/data-folder'
import { openDatabase } from '#collector/storage/open-database'
import { bareCampaign, bareDelivery, rowsOf } from '#tests/support/bare-box.ts'
import { postgres } from '#tests/support/both-engines.ts'
import { LostLocks, SlowLook } from '#tests/support/locks.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import type { Reached } from '../simulation/faulty.ts'
import { makePool } from '../simulation/pool.ts'
import type { BoxPlace } from '../simulation/round.ts'
import { simulate, type World } from '../simulation/simulate.ts'

/** `npm run soak` does more. */
const SEEDS = Number(process.env.PG_SEEDS ?? 60)
const FIRST = Number(process.env.FIRST ?? 1)

const TABLES = ['campaigns', 'rehearsals', 'intakes', 'counts', 'spent', 'intake', 'box', 'receipts']

/** One database, emptied for each seed. */
async function inPostgres(): Promise<BoxPlace> {
  const address = (await postgres()).database('simulated')
  const database = await openDatabase<BoxSchema>(address, BOX_DATABASE)
  return {
    async fresh() {
      await sql`TRUNCATE ${sql.join(TABLES.map((table) => sql.table(table)))}`.execute(database.db)
      return database
    },
    done: async () => undefined,
  }
}

it(`devices and a collector over PostgreSQL lose nothing and double nothing in ${SEEDS} seeds`, {
  timeout: 3_600_000,
}, async () => {
  const folder = tempFolder()
  const { cid } = await demoCampaign(folder, 'http://collector')
  const { issuer, box, acts } = await openStores(folder)
  const campaign = await box.campaign(Buffer.from(cid, 'base64url'))
  if (!campaign) throw new Error('no campaign')
  const pool = await makePool(campaign, issuer, 16)
  const world: World = { campaign, manifestText: campaign.text, issuer, acts, pool, place: await inPostgres() }
  const reached = new Map<Reached, number>()
  const reach = (what: Reached) => reached.set(what, (reached.get(what) ?? 0) + 1)
  for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
    await simulate(world, seed, reach).catch((error: Error) => {
      throw new Error(`seed ${seed}: ${error.message}; again with FIRST=${seed} PG_SEEDS=1 npm run soak`)
    })
  }
  console.log(`${SEEDS} seeds: ${[...reached].map(([what, times]) => `${what} ${times}`).join(', ')}`)
  if (SEEDS < 50) return
  for (const what of ['answer-lost-after-commit', 'resealed-under-load', 'settlement-broken-off'] as const)
    expect(reached.get(what) ?? 0, what).toBeGreaterThan(3)
})

/** A response that is being stored while another process closes and settles its round. Answers what became of it. */
async function closedInTheMiddle(lose: boolean) {
  const pg = await postgres()
  const address = pg.database(lose ? 'locks_lost' : 'locks_kept')
  const keys = new IntakeKeys(null)
  const office = new BoxStore(await openDatabase<BoxSchema>(address, BOX_DATABASE), keys)
  const slow = await openDatabase<BoxSchema>(address, BOX_DATABASE)
  const plugged = slow.db.withPlugin(new SlowLook(400))
  const box = new BoxStore({ ...slow, db: lose ? plugged.withPlugin(new LostLocks()) : plugged }, keys)
  const campaign = bareCampaign()
  await office.addCampaign(campaign, '{}')
  await office.campaigns.move(campaign.cid, 'open')
  const delivery = bareDelivery(campaign)
  const keeping = box.keep(delivery)
  await new Promise((resolve) => setTimeout(resolve, 150))
  const settled = await office.campaigns
    .move(campaign.cid, 'answers-closed')
    .then(() => office.settle(campaign))
    .then(() => true)
  const outcome = await keeping
  const { tickets } = await rowsOf(office, campaign)
  await Promise.all([office.end(), box.end()])
  return { outcome, settled, isPublished: tickets.includes(Buffer.from(delivery.nf).toString('hex')) }
}

it('a response that is stored while its round is being closed is published when it is acknowledged; without the lock it would not be', async () => {
  expect(await closedInTheMiddle(false)).toEqual({ outcome: 'kept', settled: true, isPublished: true })
  expect(await closedInTheMiddle(true)).toEqual({ outcome: 'kept', settled: true, isPublished: false })
})
