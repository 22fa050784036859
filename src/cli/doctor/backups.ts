import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { FILES } from '#collector/installation/data-folder'
import { type Diagnosis, diagnosis } from './diagnosis.ts'

const NAMES: readonly string[] = Object.values(FILES)

/** Two nights: one may be missed by a machine that was off. */
const FRESH_MS = 48 * 3_600_000

/** What can be said of the folder of the nightly backup, at a time (ms since 1970). */
export function backupDiagnoses(data: string, backups: string | undefined, nowMs: number): Diagnosis[] {
  if (backups === undefined) return [diagnosis('backup-there', false, '--backups –', 'look')]
  const files = existsSync(backups) ? readdirSync(backups).filter((name) => NAMES.includes(name)) : []
  if (files.length === 0) return [diagnosis('backup-there', false, backups)]
  const newest = Math.max(...files.map((name) => statSync(join(backups, name)).mtimeMs))
  const damaged = files.filter((name) => !isWhole(join(backups, name)))
  const missing = NAMES.filter((name) => existsSync(join(data, name)) && !files.includes(name))
  const keys = readdirSync(backups, { recursive: true }).filter((name) => String(name).endsWith('.key'))
  return [
    diagnosis('backup-there', true, backups),
    diagnosis('backup-fresh', nowMs - newest < FRESH_MS, new Date(newest).toISOString()),
    diagnosis('backup-whole', damaged.length + missing.length === 0, [...damaged, ...missing].join(', ') || 'ok'),
    diagnosis('backup-elsewhere', deviceOf(backups) !== deviceOf(data), backups, 'look'),
    diagnosis('backup-no-key', keys.length === 0, keys.join(', ') || '0'),
  ]
}

/** Read only: a backup is never changed by looking at it. */
function isWhole(file: string): boolean {
  try {
    const database = new Database(file, { readonly: true })
    const verdict = database.pragma('quick_check', { simple: true })
    database.close()
    return verdict === 'ok'
  } catch {
    return false
  }
}

function deviceOf(folder: string): number {
  return statSync(folder).dev
}
