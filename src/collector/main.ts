import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildCollector } from './http/collector.ts'
import type { OfficeTools } from './http/office/office.ts'
import { openRole, openStores, PUBLISHED_FOLDER, type Role } from './installation/data-folder.ts'
import { RequestCounts } from './installation/request-counts.ts'
import { rewriteDaily } from './installation/storage-jobs.ts'

export interface CollectorOptions {
  readonly dataFolder: string
  /** Which part runs; default both. */
  readonly role?: Role
  /** 0 picks a free port. */
  readonly port: number
  readonly host: string
  readonly appFolder: string | null
  /** The built room of the survey team, and what it needs. */
  readonly officeFolder?: string | null
  readonly officeTools?: OfficeTools
  /** Largest size of the box file; beyond it deliveries are told to come later. */
  readonly boxQuotaBytes?: number | undefined
  /** Behind a reverse proxy on this machine. */
  readonly behindProxy?: boolean
  /** One line a day, for the maintainer. */
  readonly report?: (line: string) => void
}

/** What was accepted is finished within this time, or was never sent whole. */
const LAST_REQUESTS_MS = 3000

export interface RunningCollector {
  readonly url: string
  /** Stops accepting, finishes what was accepted, closes the files. */
  stop(): Promise<void>
}

/** Opens the data folder and listens. Throws when the port is taken or the folder cannot be written. */
export async function startCollector(options: CollectorOptions): Promise<RunningCollector> {
  const { dataFolder, role = 'all', port, host, boxQuotaBytes, behindProxy = false } = options
  const parts =
    role === 'all' ? await openStores(dataFolder, boxQuotaBytes) : await openRole(dataFolder, role, boxQuotaBytes)
  const counters = new RequestCounts()
  const appFolder = role === 'issuer' ? null : options.appFolder
  const app = await buildCollector({
    ...parts,
    appFolder,
    counters,
    behindProxy,
    publishedFolder: join(dataFolder, PUBLISHED_FOLDER),
    ...(options.officeTools ? { officeTools: options.officeTools, officeFolder: options.officeFolder ?? null } : {}),
  })
  await app.listen({ port, host })
  const endDaily = rewriteDaily(parts, { counters, report: options.report ?? (() => undefined) })
  const { port: bound } = app.server.address() as AddressInfo
  return {
    url: `http://${host}:${bound}`,
    async stop() {
      // browsers open connections ahead of any request; such a one would keep the machine from going down for a minute
      const impatient = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS)
      await app.close()
      clearTimeout(impatient)
      await endDaily()
      await parts.end()
    },
  }
}
