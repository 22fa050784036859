import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildCollector } from './http/collector.ts'
import type { OfficeTools } from './http/office/office.ts'
import { backUp } from './installation/backup.ts'
import {
  type FolderOptions,
  type Installation,
  openRole,
  PUBLISHED_FOLDER,
  type Role,
} from './installation/data-folder.ts'
import { followOthers } from './installation/follow-others.ts'
import { RequestCounts } from './installation/request-counts.ts'
import { everyNight } from './installation/storage-jobs.ts'
import { readyToCollect } from './rounds/ready.ts'

export interface CollectorOptions extends FolderOptions {
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
  /** Folder of the one backup, written each night; none when it is left out. */
  readonly backup?: string | undefined
  /** Behind a reverse proxy on this machine. */
  readonly behindProxy?: boolean
  /** One line a day, for the maintainer. */
  readonly report?: (line: string) => void
  /** Told when another process may have taken over the room. */
  readonly lost?: () => void
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
  const { dataFolder, role = 'all', port, host, report = () => undefined } = options
  const parts = await openRole(dataFolder, role, options)
  const lost = () => {
    report(
      'the database no longer holds this process for the only one with the room: it ends, so that another can take over',
    )
    options.lost?.()
  }
  await parts.office?.becomeOnly(lost)
  await readyToCollect(parts).catch(async (error) => {
    await parts.end()
    throw error
  })
  const counters = new RequestCounts()
  const following = followOthers(parts)
  const app = await buildCollector({ ...parts, ...partsToServe(options), counters, missingKeys: following.missingKeys })
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
      following.end()
      await parts.end()
    },
  }
}

function partsToServe(options: CollectorOptions) {
  const { dataFolder, role = 'all', appFolder, officeFolder = null, officeTools, behindProxy = false } = options
  return {
    appFolder: role === 'issuer' ? null : appFolder,
    behindProxy,
    publishedFolder: join(dataFolder, PUBLISHED_FOLDER),
    takesPart: role !== 'office',
    ...(officeTools ? { officeTools, officeFolder } : {}),
  }
}

async function nightlyBackup(parts: Installation, { dataFolder, backup }: CollectorOptions): Promise<string> {
  if (backup === undefined) return ''
  await backUp(parts, dataFolder, backup, 'collector')
  return `, backup written to ${backup}`
}
