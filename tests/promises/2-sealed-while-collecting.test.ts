import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { BoxStore } from '#collector/box/box-store'
import { backUp, restore } from '#collector/installation/backup'
import { intakeKeysBeside, openStores } from '#collector/installation/data-folder'
import { resealAll } from '#collector/installation/storage-jobs'
import { startCollector } from '#collector/main'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { type Delivered, deliverInOrder } from '#tests/support/direct-response.ts'
import { ita } from '#tests/support/ita.ts'
import { kendallTau } from '#tests/support/kendall.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { filesIn, readable } from '#tests/support/search-data.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'

const N = 400

const answers = (count: number) => Array.from({ length: count }, () => randomAnswers('iit-2566'))

const NOTHING = { responses: 0, tickets: 0 }

/** What a thief of data and key reads: in which order the rows lie. */
function orderWithKey(test: TestCampaign, box: BoxStore, delivered: readonly Delivered[]): number[] {
  const database = new Database(join(test.folder, 'box.sqlite'), { readonly: true })
  const rows = database.prepare('SELECT epoch, row FROM intake ORDER BY id').all() as { epoch: number; row: Buffer }[]
  database.close()
  const { cid } = test.campaign
  const opened = rows.map(({ epoch, row }) => Buffer.from(box.keys.of(cid, epoch).open('iit', row).sealed))
  return delivered.map(({ sealed }) => opened.findIndex((one) => one.equals(sealed)))
}

describe('while a round runs', () => {
  it(`nothing of ${N} responses and tickets can be read anywhere in the data, at any moment`, {
    timeout: 120_000,
  }, async () => {
    const test = await testCampaign()
    const delivered: Delivered[] = []
    // as many copies as a careless machine makes: after seven, after some, after all, and after each night
    for (const count of [7, 43, N - 50]) {
      delivered.push(...(await deliverInOrder(test, answers(count))))
      expect(readable(filesIn(test.folder), delivered)).toEqual(NOTHING)
      await resealAll(test.stores, 'test')
      expect(readable(filesIn(test.folder), delivered)).toEqual(NOTHING)
    }
    // the search is none that cannot find: settled, all of them lie there
    await closeCampaign(test.stores, test.campaign, 'test')
    expect(readable(filesIn(test.folder), delivered)).toEqual({ responses: N, tickets: N })
  })

  it('whoever has data and key sees the order since the last night, and nothing of the days before', async () => {
    const test = await testCampaign()
    const { box } = test.stores
    const delivered = await deliverInOrder(test, answers(200))
    expect(kendallTau(orderWithKey(test, box, delivered))).toBe(1)
    await resealAll(test.stores, 'test')
    const shuffled = orderWithKey(test, box, delivered)
    expect(shuffled).not.toContain(-1)
    expect(Math.abs(kendallTau(shuffled))).toBeLessThan(0.2)
    // what lay there before is gone from the file, also for whoever kept the key of that day
    const before = new Database(join(test.folder, 'box.sqlite'), { readonly: true })
    expect(before.prepare('SELECT DISTINCT epoch FROM intake').pluck().all()).toEqual([1])
    expect(before.prepare('SELECT DISTINCT epoch FROM spent').pluck().all()).toEqual([1])
    before.close()
  })

  it('a copy of yesterday stays closed for whoever takes the key today', async () => {
    const test = await testCampaign()
    await deliverInOrder(test, answers(20))
    const copy = join(tempFolder(), 'data')
    cpSync(test.folder, copy, { recursive: true })
    await resealAll(test.stores, 'test')
    cpSync(intakeKeysBeside(test.folder), intakeKeysBeside(copy), { recursive: true })
    const stolen = await openStores(copy)
    await expect(stolen.box.checkKey(test.campaign.cid)).rejects.toThrow('of a later day')
    await stolen.end()
  })

  it('the newest backup opens with the key of any later day, and an older one does not', async () => {
    const test = await testCampaign()
    const delivered = await deliverInOrder(test, answers(20))
    const backups = ['older', 'newest'].map((name) => join(tempFolder(), name)) as [string, string]
    for (const folder of backups) {
      await backUp(test.stores, test.folder, folder, 'test')
      expect(readable(filesIn(folder), delivered)).toEqual(NOTHING)
      await deliverInOrder(test, answers(3))
    }
    for (let night = 0; night < 3; night += 1) {
      await deliverInOrder(test, answers(3))
      await resealAll(test.stores, 'test')
    }
    const opens = async (backup: string) => {
      const data = join(tempFolder(), 'data')
      await restore(backup, data, 'test')
      cpSync(intakeKeysBeside(test.folder), intakeKeysBeside(data), { recursive: true })
      const stores = await openStores(data)
      try {
        await stores.box.checkKey(test.campaign.cid)
        return await stores.box.tally(test.campaign.cid, 'iit')
      } finally {
        await stores.end()
      }
    }
    expect(await opens(backups[1])).toEqual({ rows: 23, tickets: 23 })
    await expect(opens(backups[0])).rejects.toThrow('of a later day')
  })
})

describe('when a round is closed', () => {
  it('its intake key is destroyed, and nothing that lay under it is left in the file', async () => {
    const test = await testCampaign()
    await deliverInOrder(test, answers(50))
    const file = join(test.folder, 'box.sqlite')
    const running = new Database(file, { readonly: true })
    const rows = running.prepare('SELECT row FROM intake').pluck().all() as Buffer[]
    const tags = running.prepare('SELECT tag FROM spent').pluck().all() as Buffer[]
    running.close()
    expect(rows).toHaveLength(50)
    await closeCampaign(test.stores, test.campaign, 'test')
    const bytes = readFileSync(file)
    expect(rows.filter((row) => bytes.includes(row.subarray(600, 664)))).toEqual([])
    expect(tags.filter((tag) => bytes.includes(tag))).toEqual([])
    expect(readdirSync(intakeKeysBeside(test.folder))).toEqual([])
    expect(test.stores.box.keys.has(test.campaign.cid)).toBe(false)
    const audited = await ita(['audit', '--data', test.folder])
    expect(audited.stderr).not.toContain('intake-key')
  })

  it('a key that was kept after all is found by the audit', async () => {
    const test = await testCampaign()
    await deliverInOrder(test, answers(3))
    const keys = intakeKeysBeside(test.folder)
    const kept = join(tempFolder(), 'kept')
    cpSync(keys, kept, { recursive: true })
    await closeCampaign(test.stores, test.campaign, 'test')
    cpSync(kept, keys, { recursive: true })
    expect((await ita(['audit', '--data', test.folder])).stderr).toContain('intake-key-gone')
  })

  it('every acknowledged response is settled once, and an interrupted closing is finished at the next start', async () => {
    const test = await testCampaign()
    const delivered = await deliverInOrder(test, answers(60))
    const { box } = test.stores
    await box.campaigns.move(test.campaign.cid, 'answers-closed')
    await box.settle(test.campaign)
    // cut off here: settled, not written down, key still there
    expect(readdirSync(intakeKeysBeside(test.folder))).toHaveLength(1)
    const collector = await startCollector({ dataFolder: test.folder, port: 0, host: '127.0.0.1', appFolder: null })
    await collector.stop()
    expect(readdirSync(intakeKeysBeside(test.folder))).toEqual([])
    expect(await box.tally(test.campaign.cid, 'iit')).toEqual({ rows: delivered.length, tickets: delivered.length })
    expect(await box.left(test.campaign.cid, 'iit')).toBe(0)
    expect(await test.stores.acts.last('box-counted', test.campaign.manifest.cid)).not.toBeNull()
  })
})
