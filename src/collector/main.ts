import type { AddressInfo } from 'node:net'
import { openStores } from './data-folder.ts'
import { buildCollector } from './http/collector.ts'

export interface CollectorOptions {
  readonly dataFolder: string
  /** 0 picks a free port. */
  readonly port: number
  readonly host: string
  readonly appFolder: string | null
  /** Largest size of the box file; beyond it deliveries are told to come later. */
  readonly boxQuotaBytes?: number | undefined
}

export interface RunningCollector {
  readonly url: string
  /** Stops accepting, finishes what was accepted, closes the files. */
  stop(): Promise<void>
}

/** Opens the data folder and listens. Throws when the port is taken or the folder cannot be written. */
export async function startCollector({
  dataFolder,
  port,
  host,
  appFolder,
  boxQuotaBytes,
}: CollectorOptions): Promise<RunningCollector> {
  const stores = await openStores(dataFolder, boxQuotaBytes)
  const app = await buildCollector({ ...stores, appFolder })
  await app.listen({ port, host })
  const { port: bound } = app.server.address() as AddressInfo
  return {
    url: `http://${host}:${bound}`,
    async stop() {
      await app.close()
      await stores.end()
    },
  }
}
