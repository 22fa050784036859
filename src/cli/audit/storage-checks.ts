import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import Database from 'better-sqlite3'
import { FILES, type Installation } from '#collector/installation/data-folder'
import { lastResealing } from '#collector/installation/storage-jobs'
import { type Finding, finding } from './finding.ts'
import { foreignParts } from './schema-check.ts'

const DATABASES: readonly string[] = Object.values(FILES)

/** A night, and two hours for a machine that was off. */
const RESEALED_WITHIN_MS = 26 * 3_600_000

/**
 * Checks of the files themselves, read as anybody with the disk could read them. Done before anything opens them as this
 * program does: that would put right what is to be found.
 */
export async function diskFindings(folder: string): Promise<Finding[]> {
  const journals = readdirSync(folder).filter((name) => /-journal$/.test(name) && statSync(join(folder, name)).size > 0)
  const present = DATABASES.filter((name) => existsSync(join(folder, name)))
  const databases = await Promise.all(present.map((name) => inspect(folder, name)))
  const wal = databases.filter((one) => one.wal).map(({ name }) => name)
  const side = readdirSync(folder).filter((name) => /-(wal|shm)$/.test(name))
  const damaged = databases.filter(({ whole }) => !whole).map(({ name }) => name)
  const foreign = databases.flatMap(({ foreign }) => foreign)
  return [
    filesPrivate(folder, present),
    nothingElse(folder),
    noKeyHere(folder),
    finding('no-wal', wal.length + side.length === 0, [...wal, ...side].join(', ') || 'journal_mode truncate'),
    finding('journal-empty', journals.length === 0, journals.join(', ') || present.join(', ')),
    finding('whole', damaged.length === 0, damaged.join(', ') || 'integrity_check ok'),
    finding(
      'columns',
      foreign.length === 0,
      foreign.join('; ') || 'spent, intake | rid, sealed | nf | h, used, bh, batch',
    ),
  ]
}

/** Checks of what administrators and the night's work left in the log. */
export async function recordFindings(here: Installation): Promise<Finding[]> {
  const { count, brokenAt, head } = await here.acts.check()
  return [
    resealed(await lastResealing(here)),
    finding('act-chain', brokenAt === null, brokenAt === null ? `${count}, ${head.slice(0, 16)}` : `#${brokenAt}`),
  ]
}

/** In the file's header, 2 at both places means a write-ahead log (sqlite.org/fileformat2.html, 1.3.3). */
const VERSIONS = { write: 18, read: 19, wal: 2, legacy: 1 } as const

/** A copy in memory: opening the file itself would roll back a journal that was left, and so hide it. */
async function inspect(folder: string, name: string) {
  const bytes = readFileSync(join(folder, name))
  const wal = bytes[VERSIONS.write] === VERSIONS.wal
  if (wal) bytes.fill(VERSIONS.legacy, VERSIONS.write, VERSIONS.read + 1)
  try {
    const database = new Database(bytes)
    const whole = database.pragma('integrity_check', { simple: true }) === 'ok'
    const foreign = await foreignParts(name, database)
    database.close()
    return { name, wal, whole, foreign }
  } catch {
    // not a database any more: that is the finding
    return { name, wal, whole: false, foreign: [] }
  }
}

function filesPrivate(folder: string, names: readonly string[]): Finding {
  if (process.platform === 'win32') return { check: 'files-private', verdict: 'unchecked', evidence: process.platform }
  const open = ['', ...names].filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
  return finding('files-private', open.length === 0, open.map((name) => name || folder).join(', ') || '0700, 0600')
}

function nothingElse(folder: string): Finding {
  const others = otherFiles(folder).map((file) => relative(folder, file))
  return finding('nothing-else', others.length === 0, others.slice(0, 3).join(', ') || DATABASES.join(', '))
}

/** Shares of the box's key, unwrapped or not, and slips in clear: either one beside the data breaks what keeps them apart. */
function noKeyHere(folder: string): Finding {
  const telling = otherFiles(folder).filter((file) => {
    const text = readFileSync(file, 'latin1')
    return /ita-key-share|PRIVATE KEY|#t\.[\w-]{22}\.[0-9A-Z]{24}\./.test(text) || /\/Producer \(Prongsai\)/.test(text)
  })
  return finding('no-key-here', telling.length === 0, telling.map((file) => relative(folder, file)).join(', ') || '0')
}

function otherFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !DATABASES.some((name) => [name, `${name}-journal`].includes(relative(folder, file))))
}

function resealed(last: number | null): Finding {
  if (last === null) return { check: 'resealed', verdict: 'broken', evidence: '–' }
  return finding('resealed', Date.now() - last < RESEALED_WITHIN_MS, new Date(last).toISOString())
}
