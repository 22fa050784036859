import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { ActRefused } from './campaigns/act-refused.ts'
import { buildCollector } from './http/collector.ts'
import type { OfficeTools } from './http/office/office.ts'
import { backUp } from './installation/backup.ts'
import { type Installation, openRole, openStores, PUBLISHED_FOLDER, type Role } from './installation/data-folder.ts'
import { RequestCounts } from './installation/request-counts.ts'
import { everyNight } from './installation/storage-jobs.ts'
import { finishClosings } from './rounds/campaign-life.ts'

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
  /** Folder of the intake keys; default beside the data folder. */
  readonly keys?: string | undefined
  /** Folder of the one backup, written each night; none when it is left out. */
  readonly backup?: string | undefined
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

/**
 * Opens the data folder and listens. Throws when the port is taken, when the folder cannot be written, and when the key of a
 * campaign that takes responses is missing, wrong or readable by others: nothing that comes in could be kept, or kept hidden.
 */
export async function startCollector(options: CollectorOptions): Promise<RunningCollector> {
  const { dataFolder, role = 'all', port, host, behindProxy = false, report = () => undefined } = options
  const parts = role === 'all' ? await openStores(dataFolder, options) : await openRole(dataFolder, role, options)
  await readyToCollect(parts).catch(async (error) => {
    await parts.end()
    throw error
  })
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
  const endNights = everyNight(parts, { counters, report, also: () => nightlyBackup(parts, options) })
  const { port: bound } = app.server.address() as AddressInfo
  return {
    url: `http://${host}:${bound}`,
    async stop() {
      // browsers open connections ahead of any request; such a one would keep the machine from going down for a minute
      const impatient = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS)
      await app.close()
      clearTimeout(impatient)
      endNights()
      await parts.end()
    },
  }
}

/** Finishes what a power cut broke off, and looks at the keys of all that still runs. */
async function readyToCollect(parts: Installation): Promise<void> {
  const { box } = parts
  if (!box) return
  const open = box.keys.readableByOthers()
  if (open.length > 0)
    throw new ActRefused(`${open[0]} can be read by others; "chmod -R go= " its folder, and ask who has read it`)
  await finishClosings(parts, 'collector')
  for (const { cid } of await box.withIntake()) await box.checkKey(cid)
}

async function nightlyBackup(parts: Installation, { dataFolder, backup }: CollectorOptions): Promise<string> {
  if (backup === undefined) return ''
  await backUp(parts, dataFolder, backup, 'collector')
  return `, backup written to ${backup}`
}
