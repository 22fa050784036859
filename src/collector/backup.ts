import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { ActLog } from './acts/act-log.ts'
import { ActRefused, type Parts } from './campaigns/campaign-life.ts'
import { FILES } from './data-folder.ts'
import { rewriteFiles } from './storage-jobs.ts'

const NAMES: readonly string[] = Object.values(FILES)

/**
 * Copies the rewritten files into a folder that holds one backup: the one before it goes, because two of different days
 * would tell which responses came between them. Answers the names of the files. Throws an ActRefused when the folder
 * holds anything else.
 */
export async function backUp(here: Parts, folder: string, by: string): Promise<string[]> {
  refuseForeignFiles(folder)
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  await rewriteFiles(here, by)
  await here.acts.write({ by, act: 'backup-written' })
  await here.issuer?.copyTo(join(fresh, FILES.issuer))
  await here.box?.copyTo(join(fresh, FILES.box))
  await here.acts.copyTo(join(fresh, FILES.acts))
  // the old one stays until the new one is whole
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
  return NAMES.filter((name) => existsSync(join(folder, name)))
}

/** Puts a backup into an empty data folder. Throws an ActRefused when it is damaged, or when something is there already. */
export async function restore(from: string, dataFolder: string, by: string): Promise<void> {
  const files = NAMES.filter((name) => existsSync(join(from, name)))
  if (!files.includes(FILES.acts) || files.length < 2) throw new ActRefused(`${from} is not a backup of this program`)
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0) {
    throw new ActRefused(`${dataFolder} is not empty; name a new folder, so that nothing is written over`)
  }
  for (const name of files) refuseDamaged(join(from, name))
  await refuseBrokenLog(join(from, FILES.acts))
  mkdirSync(dirname(join(dataFolder, FILES.acts)), { recursive: true, mode: 0o700 })
  for (const name of files) copyDatabase(join(from, name), join(dataFolder, name))
  const acts = await ActLog.open(join(dataFolder, FILES.acts))
  await acts.write({ by, act: 'backup-restored' })
  await acts.end()
}

function refuseForeignFiles(folder: string): void {
  const foreign = existsSync(folder) ? readdirSync(folder).filter((name) => !NAMES.includes(name)) : []
  if (foreign.length > 0) throw new ActRefused(`${folder} holds ${foreign[0]}; name a folder for the backup alone`)
}

function refuseDamaged(file: string): void {
  try {
    const database = new Database(file, { readonly: true })
    const verdict = database.pragma('integrity_check', { simple: true })
    database.close()
    if (verdict === 'ok') return
  } catch {
    // not a database at all: told below
  }
  throw new ActRefused(`${file} is damaged; use another backup`)
}

async function refuseBrokenLog(file: string): Promise<void> {
  const acts = await ActLog.open(file)
  const { brokenAt } = await acts.check()
  await acts.end()
  if (brokenAt !== null) throw new ActRefused(`the log of acts in this backup was altered at act ${brokenAt}`)
}

/** Page by page through SQLite, which leaves nothing behind that the file does not say. */
function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { readonly: true })
  database.prepare('VACUUM INTO ?').run(to)
  database.close()
}
