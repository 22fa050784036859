import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ActLog } from '#collector/acts/act-log'
import { logHeads, missingHeads } from '#protocol/log-chain'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** A log of that many acts in a folder. */
async function logIn(folder: string, count: number): Promise<ActLog> {
  const log = await ActLog.open(join(folder, 'acts.sqlite'))
  for (let n = 0; n < count; n++) await log.write({ by: 'somchai', act: 'backup-written' })
  return log
}

const actsOf = async (log: ActLog) => (await log.all()).map(({ act }) => act)

it('a log that only grew contains every head that was seen, worked out in a browser as the collector does', async () => {
  const log = await logIn(tempFolder(), 3)
  const seen = await logHeads(await actsOf(log))
  expect(seen.at(-1)).toBe(await log.head())
  await log.write({ by: 'malee', act: 'backup-written' })
  expect(await missingHeads(seen, await actsOf(log))).toEqual([])
  await log.end()
})

it('an act taken out, with the chain made whole again, is noticed by whoever saw a head, not by the chain', async () => {
  const folder = tempFolder()
  const log = await logIn(folder, 3)
  const seen = await log.head()
  await log.end()

  // whoever can write to the file writes all of it anew, without one act
  const rewritten = new Database(join(folder, 'acts.sqlite'))
  rewritten.exec('DELETE FROM acts')
  rewritten.close()
  const anew = await logIn(folder, 2)
  expect(await anew.check()).toMatchObject({ count: 2, brokenAt: null })
  expect(await missingHeads([seen], await actsOf(anew))).toEqual([seen])
  await anew.end()
})
