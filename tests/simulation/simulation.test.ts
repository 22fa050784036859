import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { openStores } from '#collector/installation/data-folder'
import type { Reached } from './faulty.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'
import { makePool } from './pool.ts'
import { simulate, type World } from './simulate.ts'

/** `SEEDS=100000 npm run soak` for more, `FIRST=1234 SEEDS=1 npm run soak` to see one again. */
const SEEDS = Number(process.env.SEEDS ?? 1000)
const FIRST = Number(process.env.FIRST ?? 1)

let world: World

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prongsai-simulation-'))
  const { cid } = await demoCampaign(folder, 'http://collector')
  const { issuer, box, acts } = await openStores(folder)
  const campaign = await box.campaign(Buffer.from(cid, 'base64url'))
  if (!campaign) throw new Error('no campaign')
  world = { campaign, manifestText: campaign.text, issuer, acts, pool: await makePool(campaign, issuer, 16) }
})

describe('devices and collector in one process, with faults drawn by seed', () => {
  it(`lose nothing and double nothing in ${SEEDS} seeds, and every fault that matters was met`, {
    timeout: 3_600_000,
  }, async () => {
    const reached = new Map<Reached, number>()
    const reach = (what: Reached) => reached.set(what, (reached.get(what) ?? 0) + 1)
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      await simulate(world, seed, reach).catch((error: Error) => {
        throw new Error(`seed ${seed}: ${error.message}; again with FIRST=${seed} SEEDS=1 npm run soak`)
      })
    }
    console.log(`${SEEDS} seeds: ${[...reached].map(([what, times]) => `${what} ${times}`).join(', ')}`)
    if (SEEDS < 100) return
    for (const what of [
      'answer-lost-after-commit',
      'crash-between-commit-and-answer',
      'two-tabs-flush',
      'poison-in-the-middle',
      'crash-in-store',
      'resealed-under-load',
      'resealing-broken-off',
      'settlement-broken-off',
    ] as const) {
      expect([what, reached.get(what) ?? 0]).toEqual([what, expect.any(Number)])
      expect(reached.get(what) ?? 0).toBeGreaterThan(10)
    }
  })

  it.each(Object.keys(PLANTED_BUGS))(
    'would find a device or collector that would %s',
    { timeout: 60_000 },
    async (name) => {
      let foundAt = 0
      for (let seed = 1; seed <= 200 && foundAt === 0; seed += 1) {
        await simulate(world, seed, () => undefined, PLANTED_BUGS[name]).catch(() => {
          foundAt = seed
        })
      }
      console.log(`"${name}" found at seed ${foundAt}`)
      expect(foundAt).toBeGreaterThan(0)
    },
  )
})
