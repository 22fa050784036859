import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Installation, openStores, type Stores } from '#collector/installation/data-folder'
import { type RunningPostgres, runPostgres } from './run-postgres.ts'
import { tempFolder } from './temp-folder.ts'

/** Where an installation lies, and how it is opened. */
export interface Place {
  readonly dataFolder: string
  readonly databases: { readonly issuer?: string; readonly box?: string }
  open(): Promise<Stores>
}

export type Parts = Omit<Installation, 'end'>

let server: Promise<RunningPostgres> | undefined
let made = 0

afterAll(async () => (await server)?.end())

/** The one PostgreSQL of a test file. */
export function postgres(): Promise<RunningPostgres> {
  server ??= runPostgres()
  return server
}

/** A place for a new installation: in files, or with issuer and box in two databases of two roles. */
export async function newPlace(engine: 'sqlite' | 'postgres'): Promise<Place> {
  const dataFolder = join(tempFolder(), 'data')
  if (engine === 'sqlite') return { dataFolder, databases: {}, open: () => openStores(dataFolder) }
  const pg = await postgres()
  made += 1
  const databases = { issuer: pg.database(`issuer${made}`), box: pg.database(`box${made}`) }
  return { dataFolder, databases, open: () => openStores(dataFolder, { databases }) }
}
