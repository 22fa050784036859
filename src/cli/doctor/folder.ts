import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from '#collector/installation/data-folder'
import { diskFindings } from '../audit/storage-checks.ts'
import { type Diagnosis, diagnosis } from './diagnosis.ts'

/** What can be said of the data folder and the key folder without opening them. */
export async function folderDiagnoses(data: string, keys: string): Promise<Diagnosis[]> {
  const there = [data, keys].filter((folder) => existsSync(folder))
  // a file that went while somebody looked is nobody's
  const files = there
    .flatMap((folder) => [folder, ...filesIn(folder)])
    .flatMap((file) => {
      const stats = statSync(file, { throwIfNoEntry: false })
      return stats ? [{ file, stats }] : []
    })
  const open = files.filter(({ stats }) => (stats.mode & 0o077) !== 0).map(({ file }) => file)
  const owners = new Set(files.map(({ stats }) => stats.uid))
  const isWindows = process.platform === 'win32'
  return [
    isWindows
      ? { check: 'private', health: 'unchecked', seen: process.platform }
      : diagnosis('private', open.length === 0, open.slice(0, 3).join(', ') || '0700, 0600'),
    diagnosis('one-owner', owners.size <= 1, [...owners].map((uid) => `uid ${uid}`).join(', ')),
    diagnosis('writable', isWritable(data), data),
    ...(await whole(data)),
  ]
}

/** Whether the keys of all that runs here are there and fit. */
export async function opensDiagnosis({ box }: Installation): Promise<Diagnosis> {
  if (!box) return { check: 'opens', health: 'unchecked', seen: 'issuer' }
  const running = await box.withIntake()
  for (const { cid } of running) {
    const fault = await box.checkKey(cid).then(
      () => null,
      (error: Error) => error.message,
    )
    if (fault !== null) return diagnosis('opens', false, fault)
  }
  return diagnosis('opens', true, `${running.length} key`)
}

/** The audit's own look at the files, for those that lie here. */
async function whole(data: string): Promise<Diagnosis[]> {
  if (!existsSync(data)) return []
  const found = (await diskFindings(data)).find(({ check }) => check === 'whole')
  return found ? [diagnosis('whole', found.verdict === 'kept', found.evidence)] : []
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) =>
    join(entry.parentPath, entry.name),
  )
}
