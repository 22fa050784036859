import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { isBuiltFromSources } from '../installation/build-when-needed.ts'
import { PROJECT_FOLDER } from '../installation/project-folder.ts'
import { type Diagnosis, diagnosis, size } from './diagnosis.ts'

/** What is asked of the machine. */
export interface MachineFacts {
  readonly freeBytes: number
  readonly diskBytes: number
  /** Responses that may still come, in all running rounds. */
  readonly expected: number
  readonly memoryBytes: number
  /** Null where nobody can say. */
  readonly clockIsKept: boolean | null
  readonly node: string
  /** Name and versions of the first library that is other than the lockfile says; null when all are. */
  readonly otherPackage: string | null
  readonly isBuilt: boolean
  readonly isRoot: boolean
}

/**
 * What a response needs at most. Measured with a million: 1.2 kB while a round runs, 4.3 kB after closing, when its file has
 * held intake and box side by side, and as much once more in the backup.
 */
const BYTES_A_RESPONSE = 10_000

/** Less than this is filled by a log file in a day. */
const FEWEST_FREE_BYTES = 500e6

const FEWEST_MEMORY_BYTES = 900e6

/** The oldest Node that runs the sources as they are. */
const OLDEST_NODE = [24, 7] as const

/** Reads the facts for the disk that the folder lies on. */
export function readMachine(folder: string, expected: number): MachineFacts {
  const { bavail, bsize, blocks } = statfsSync(existsSync(folder) ? folder : '.')
  return {
    freeBytes: bavail * bsize,
    diskBytes: blocks * bsize,
    expected,
    memoryBytes: totalmem(),
    clockIsKept: clockIsKept(),
    node: process.versions.node,
    otherPackage: otherPackage(PROJECT_FOLDER),
    isBuilt: isBuiltFromSources(),
    isRoot: process.getuid?.() === 0,
  }
}

/** What the facts say of the machine. */
export function machineDiagnoses(facts: MachineFacts): Diagnosis[] {
  return [
    disk(facts),
    diagnosis('memory', facts.memoryBytes >= FEWEST_MEMORY_BYTES, size(facts.memoryBytes), 'look'),
    facts.clockIsKept === null
      ? { check: 'clock', health: 'unchecked', seen: 'timedatectl' }
      : diagnosis('clock', facts.clockIsKept, facts.clockIsKept ? 'NTP' : 'NTP –', 'look'),
    diagnosis('node', isNewEnough(facts.node), facts.node),
    diagnosis('packages', facts.otherPackage === null, facts.otherPackage ?? 'package-lock.json'),
    diagnosis('app-built', facts.isBuilt, facts.isBuilt ? 'dist' : '–'),
    diagnosis('not-root', !facts.isRoot, facts.isRoot ? 'root' : 'uid', 'look'),
  ]
}

function disk({ freeBytes, diskBytes, expected }: MachineFacts): Diagnosis {
  const needed = expected * BYTES_A_RESPONSE
  const seen = `${size(freeBytes)} / ${size(diskBytes)} · ${expected} × ${BYTES_A_RESPONSE / 1000} kB = ${size(needed)}`
  if (freeBytes < Math.max(needed, FEWEST_FREE_BYTES)) return diagnosis('disk', false, seen)
  return diagnosis('disk', freeBytes > diskBytes / 20, seen, 'look')
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

function clockIsKept(): boolean | null {
  const { status, stdout } = spawnSync('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], {
    encoding: 'utf8',
  })
  const said = stdout?.trim()
  return status === 0 && (said === 'yes' || said === 'no') ? said === 'yes' : null
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>
}

/** Compares what npm wrote down when it installed with what should be there. */
export function otherPackage(folder: string): string | null {
  const [wanted, there] = [join(folder, 'package-lock.json'), join(folder, 'node_modules', '.package-lock.json')].map(
    (file) => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages : null),
  )
  if (!wanted) return null
  if (!there) return 'node_modules –'
  const [name, { version = '' } = {}] =
    Object.entries(wanted).find(
      ([path, { version, optional }]) => path !== '' && there[path]?.version !== version && !(optional && !there[path]),
    ) ?? []
  return name === undefined
    ? null
    : `${name.replace(/^node_modules\//, '')} ${there[name]?.version ?? '–'} → ${version}`
}
