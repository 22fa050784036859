import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { ActLog } from '../acts/act-log.ts'
import { ActRefused } from '../campaigns/act-refused.ts'
import type { CopyTo } from '../storage/engine.ts'
import { FILES, type Installation, isInside } from './data-folder.ts'
import { resealAll, runningCampaigns } from './storage-jobs.ts'

const NAMES: readonly string[] = Object.values(FILES)

/** A backup holds signing keys and codes: for its owner only. */
const OWNER_ONLY = 0o600

/**
 * Seals running rounds anew and copies the files into a folder that holds one backup: the one before it goes. Intake keys are
 * not in it, and are kept as long as this backup. Answers the names of the files. Throws an ActRefused when the folder holds
 * anything else, or lies where the data is.
 */
export async function backUp(
  here: Omit<Installation, 'end'>,
  dataFolder: string,
  target: string,
  by: string,
): Promise<string[]> {
  const [data, folder] = [resolve(dataFolder), resolve(target)]
  if (isInside(data, folder) || isInside(folder, data)) {
    throw new ActRefused(
      `${folder} and the data folder lie in each other; name a folder elsewhere, best on another disk`,
    )
  }
  refuseForeignFiles(folder)
  const stores = filesOf(here)
  const [fresh, old] = [`${folder}.new`, `${folder}.old`]
  for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  await resealAll(here, by)
  await here.acts.write({ by, act: 'backup-written' })
  for (const [name, copyTo] of stores) await copyTo(join(fresh, name))
  const written = NAMES.filter((name) => existsSync(join(fresh, name)))
  for (const name of written) chmodSync(join(fresh, name), OWNER_ONLY)
  // at every moment one whole backup is there
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(fresh, folder)
  rmSync(old, { recursive: true, force: true })
  for (const { cid } of await runningCampaigns(here)) await here.box?.noteBackup(cid)
  return written
}

/** Puts a backup into an empty data folder. Throws an ActRefused when it is damaged, or when something is there already. */
export async function restore(from: string, dataFolder: string, by: string): Promise<void> {
  const files = NAMES.filter((name) => existsSync(join(from, name)))
  if (!files.includes(FILES.acts) || files.length < 2) throw new ActRefused(`${from} is not a backup of this program`)
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0) {
    throw new ActRefused(`${dataFolder} is not empty; name a new folder, so that nothing is written over`)
  }
  const fresh = `${resolve(dataFolder)}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  try {
    for (const name of files) copyWhole(join(from, name), join(fresh, name))
    await continueLog(join(fresh, FILES.acts), by)
    rmSync(dataFolder, { recursive: true, force: true })
    // a folder that appears at once is never half a restoration
    renameSync(fresh, dataFolder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
}

/** Every store's file. Throws an ActRefused where one lies in PostgreSQL: a copy of the rest would pass for a backup. */
function filesOf({ issuer, box, acts, office }: Omit<Installation, 'end'>): [string, CopyTo][] {
  const all = [
    [FILES.issuer, issuer],
    [FILES.box, box],
    [FILES.acts, acts],
    [FILES.office, office],
  ] as const
  return all.flatMap(([name, store]): [string, CopyTo][] => {
    if (store === null) return []
    if (store.copyTo) return [[name, store.copyTo]]
    throw new ActRefused('what lies in PostgreSQL is backed up by its own tools: pg_dump, or a base backup')
  })
}

function refuseForeignFiles(folder: string): void {
  const foreign = existsSync(folder) ? readdirSync(folder).filter((name) => !NAMES.includes(name)) : []
  if (foreign.length > 0) throw new ActRefused(`${folder} holds ${foreign[0]}; name a folder for the backup alone`)
}

/** The copy is looked at, not the backup, which is only ever read. */
function copyWhole(from: string, to: string): void {
  copyFileSync(from, to)
  chmodSync(to, OWNER_ONLY)
  try {
    const database = new Database(to, { readonly: true })
    const verdict = database.pragma('integrity_check', { simple: true })
    database.close()
    if (verdict === 'ok') return
  } catch {
    // not a database at all: told below
  }
  throw new ActRefused(`${from} is damaged; use another backup`)
}

async function continueLog(file: string, by: string): Promise<void> {
  const acts = await ActLog.open(file)
  try {
    const { brokenAt } = await acts.check()
    if (brokenAt !== null) throw new ActRefused(`the log of acts in this backup was altered at act ${brokenAt}`)
    await acts.write({ by, act: 'backup-restored' })
  } finally {
    await acts.end()
  }
}
