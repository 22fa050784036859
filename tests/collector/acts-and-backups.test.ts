import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { backUp, restore } from '#collector/installation/backup'
import { openStores, type Stores } from '#collector/installation/data-folder'
import { flushOutbox } from '#device/delivery/flush'
import { redeemSlip } from '#device/ticket'
import { makeRound } from '#tests/support/make-round.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { testDevice } from '#tests/support/test-device.ts'

async function opened(folder: string): Promise<Stores> {
  const stores = await openStores(folder)
  onTestFinished(() => stores.end().catch(() => undefined))
  return stores
}

describe('the log of acts', () => {
  it('notices an act that was changed, taken out, or put in between', async () => {
    const folder = tempFolder()
    const stores = await opened(folder)
    await makeRound(stores, { eligible: { iit: 5 } })
    expect(await stores.acts.check()).toMatchObject({ count: 5, brokenAt: null })
    const file = join(folder, 'acts.sqlite')
    const pristine = new Database(file, { readonly: true }).serialize()
    await stores.end()
    const tamper = async (sql: string) => {
      writeFileSync(file, pristine)
      const database = new Database(file)
      database.exec(sql)
      database.close()
      const again = await opened(folder)
      const { brokenAt } = await again.acts.check()
      await again.end()
      return brokenAt
    }
    expect(await tamper("UPDATE acts SET act = replace(act, '1+3', '1+2') WHERE n = 3")).toBe(3)
    expect(await tamper('DELETE FROM acts WHERE n = 2')).toBe(2)
    expect(
      await tamper(
        'UPDATE acts SET n = n + 100 WHERE n >= 3; INSERT INTO acts SELECT 3, act, hash, name, campaign FROM acts WHERE n = 2; UPDATE acts SET n = n - 99 WHERE n > 100',
      ),
    ).toBe(3)
    expect(await tamper('SELECT 1')).toBeNull()
  })

  it('holds administrators’ acts only: nothing that a respondent does is ever in it', async () => {
    const stores = await opened(tempFolder())
    const { slip } = await makeRound(stores, { eligible: { iit: 5 } })
    const app = await buildCollector({ ...stores, appFolder: null })
    const before = (await stores.acts.all()).length
    const device = testDevice(app)
    await sealedOnDevice(device, slip('iit', 0))
    await flushOutbox(device)
    expect((await stores.acts.all()).length).toBe(before)
    await app.close()
  })
})

describe('a backup', () => {
  it('brings everything back: what was delivered, which slips were used, the rest of the round', async () => {
    const folder = tempFolder()
    const [data, backup] = [join(folder, 'data'), join(folder, 'backup')]
    const stores = await opened(data)
    const { campaign, slip } = await makeRound(stores, { eligible: { iit: 20 } })
    const app = await buildCollector({ ...stores, appFolder: null })
    const [early, late] = [testDevice(app), testDevice(app)]
    const delivered = await sealedOnDevice(early, slip('iit', 0))
    await flushOutbox(early)
    await sealedOnDevice(late, slip('iit', 1))
    expect(await backUp(stores, join(folder, 'data'), backup, 'test')).toEqual([
      'issuer.sqlite',
      'box.sqlite',
      'acts.sqlite',
      'office.sqlite',
    ])
    await app.close()
    await stores.end()
    rmSync(data, { recursive: true })

    await restore(backup, data, 'test')
    const again = await opened(data)
    const appAgain = await buildCollector({ ...again, appFolder: null })
    expect(await flushOutbox(testDevice(appAgain, undefined, { store: late.store }))).toMatchObject({ kept: 1 })
    // delivered before the backup, and sent once more: still once
    await early.store.transact('strict', ['outbox'], (tx) => tx.put('outbox', delivered))
    expect(await flushOutbox(testDevice(appAgain, undefined, { store: early.store }))).toMatchObject({ kept: 1 })
    expect(await again.box.count(campaign.cid, 'iit')).toBe(2)
    expect(await redeemSlip(testDevice(appAgain), slip('iit', 0))).toEqual({ outcome: 'refused', reason: 'code-used' })
    expect((await again.acts.check()).brokenAt).toBeNull()
    expect((await again.acts.all()).map(({ act }) => act.act).slice(-3)).toEqual([
      'intake-resealed',
      'backup-written',
      'backup-restored',
    ])
    await appAgain.close()
  })

  it('takes the place of the one before, and of nothing else', async () => {
    const folder = tempFolder()
    const stores = await opened(join(folder, 'data'))
    await makeRound(stores, { eligible: { iit: 5 } })
    const backup = join(folder, 'backup')
    await backUp(stores, join(folder, 'data'), backup, 'test')
    const first = readFileSync(join(backup, 'acts.sqlite'))
    await backUp(stores, join(folder, 'data'), backup, 'test')
    expect(readFileSync(join(backup, 'acts.sqlite')).equals(first)).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['backup', 'data', 'data.keys'])
    const papers = join(folder, 'papers')
    mkdirSync(papers)
    writeFileSync(join(papers, 'thesis.txt'), 'years of work')
    await expect(backUp(stores, join(folder, 'data'), papers, 'test')).rejects.toThrow('holds thesis.txt')
    expect(existsSync(join(papers, 'thesis.txt'))).toBe(true)
  })

  it('never lies in the data folder or around it, and an address with a slash at its end is the same address', async () => {
    const folder = tempFolder()
    const data = join(folder, 'data')
    const stores = await opened(data)
    await makeRound(stores, { eligible: { iit: 5 } })
    for (const place of [data, join(data, 'backup'), folder, `${data}/../data/x`]) {
      await expect(backUp(stores, data, place, 'test')).rejects.toThrow('lie in each other')
    }
    await backUp(stores, data, join(folder, 'backup'), 'test')
    await backUp(stores, data, `${join(folder, 'backup')}/`, 'test')
    expect(readdirSync(folder).sort()).toEqual(['backup', 'data', 'data.keys'])
    for (const file of readdirSync(join(folder, 'backup')))
      expect(statSync(join(folder, 'backup', file)).mode & 0o777).toBe(0o600)
  })

  it('is refused when it is damaged or altered, or when something would be written over', async () => {
    const folder = tempFolder()
    const stores = await opened(join(folder, 'data'))
    await makeRound(stores, { eligible: { iit: 5 } })
    const backup = join(folder, 'backup')
    await backUp(stores, join(folder, 'data'), backup, 'test')
    await expect(restore(backup, join(folder, 'data'), 'test')).rejects.toThrow('is not empty')
    await expect(restore(folder, join(folder, 'new'), 'test')).rejects.toThrow('is not a backup')
    const acts = new Database(join(backup, 'acts.sqlite'))
    acts.exec("UPDATE acts SET act = replace(act, 'rehearsed', 'forgotten') WHERE n = 2")
    acts.close()
    await expect(restore(backup, join(folder, 'new'), 'test')).rejects.toThrow('was altered at act')
    await backUp(stores, join(folder, 'data'), backup, 'test')
    const box = join(backup, 'box.sqlite')
    writeFileSync(box, readFileSync(box).fill(7, 5000, 30_000))
    await expect(restore(backup, join(folder, 'new'), 'test')).rejects.toThrow('is damaged')
    expect(existsSync(join(folder, 'new'))).toBe(false)
  })
})
