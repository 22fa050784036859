import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { tempFolder } from '#tests/support/temp-folder.ts'

const HOLDS = `
const { parentPort, workerData } = require('node:worker_threads')
const database = require('better-sqlite3')(workerData)
database.exec('BEGIN EXCLUSIVE')
parentPort.postMessage('held')
setTimeout(() => { database.exec('COMMIT'); database.close() }, 400)
`

it('a data folder is opened although another process writes to it just then', async () => {
  const data = join(tempFolder(), 'data')
  await (await openStores(data)).end()
  const holder = new Worker(HOLDS, { eval: true, workerData: join(data, 'box.sqlite') })
  await once(holder, 'message')
  const stores = await openStores(data)
  expect(await stores.box.campaigns.all()).toEqual([])
  await stores.end()
})
