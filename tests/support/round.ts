import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type DemoCampaign, demoCampaign } from '#cli/demo/demo-campaign'
import { readSlips } from '#cli/files/slips-file'
import { freePort, type ServedCollector, serve } from './ita.ts'
import { tempFolder } from './temp-folder.ts'

/** A running round: a collector in its own process that can be stopped and started again at the same address. */
export interface Round {
  readonly demo: DemoCampaign
  readonly folder: string
  readonly data: string
  readonly url: string
  link(lane: keyof DemoCampaign['lanes']): string
  stop(): Promise<void>
  start(): Promise<void>
}

export async function startRound(): Promise<Round> {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const demo = await demoCampaign(data, url)
  let collector: ServedCollector = await serve(data, port)
  onTestFinished(() => collector.kill())
  let drawn = 0
  return {
    demo,
    folder,
    data,
    url,
    link(lane) {
      const slip = readSlips(demo.lanes[lane].slips)[drawn]
      drawn += 1
      if (!slip) throw new Error('no slips left')
      return slip.link
    },
    async stop() {
      await collector.stop()
    },
    async start() {
      collector = await serve(data, port)
    },
  }
}
