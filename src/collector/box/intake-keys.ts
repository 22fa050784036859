import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { ActRefused } from '../campaigns/act-refused.ts'
import { INTAKE_SIZES, IntakeKey } from './intake-key.ts'

/** For the collector's user only. */
const [FOLDER_MODE, FILE_MODE] = [0o700, 0o600]

/** What a key file says. */
interface KeyFile {
  readonly v: 1
  readonly epoch: number
  /** Epoch of the newest backup: rows of that epoch must still be read from it. Null when there is none. */
  readonly backedUp: number | null
  /** 32 bytes, base64url. */
  readonly secret: string
}

/**
 * The intake keys of an installation: a file each, in a folder of its own that no copy of the database holds. They are what
 * hides the order of a running round from a copy of the data; at the end of a round its file is destroyed.
 */
export class IntakeKeys {
  /** Null keeps them in memory, as long as the program runs. */
  readonly #folder: string | null
  /** By campaign, and by epoch. */
  readonly #known = new Map<string, Map<number, IntakeKey>>()
  /** To which epoch files were moved on: nothing is read to find that out again. */
  readonly #movedTo = new Map<string, number>()

  constructor(folder: string | null) {
    this.#folder = folder
  }

  /** Makes the first key of a campaign and writes its file. Throws when it has one. */
  make(cid: Uint8Array): IntakeKey {
    const key = IntakeKey.make(cid)
    if (this.#folder) {
      if (existsSync(this.#fileOf(cid))) throw new ActRefused(this.#says(cid, 'is there already'), 'intake-key')
      mkdirSync(this.#folder, { recursive: true, mode: FOLDER_MODE })
      writeWhole(this.#fileOf(cid), { v: 1, epoch: 0, backedUp: null, secret: textOf(key) })
    }
    return this.#remember(key)
  }

  /** The key of an epoch. Throws an ActRefused that says what to do when its file is missing, damaged, of another round or of a later day. */
  of(cid: Uint8Array, epoch: number): IntakeKey {
    const known = this.#known.get(hex(cid))
    const found = known?.get(epoch)
    if (found) return found
    const older = [...(known?.values() ?? [])].filter((key) => key.epoch < epoch).at(-1) ?? this.#read(cid)
    if (older.epoch > epoch)
      throw new ActRefused(
        this.#says(cid, 'is of a later day than this data; take the copy of the key that was made before the backup'),
        'intake-key',
      )
    return this.#remember(forward(older, epoch))
  }

  /** Forgets what opens epochs before this one, except those of the newest backup. */
  moveOn(cid: Uint8Array, epoch: number): void {
    if (this.#movedTo.get(hex(cid)) === epoch) return
    const current = this.of(cid, epoch)
    this.#movedTo.set(hex(cid), epoch)
    for (const older of this.#known.get(hex(cid))?.keys() ?? [])
      if (older < current.epoch) this.#known.get(hex(cid))?.delete(older)
    if (!this.#folder) return
    const file = this.#parse(cid)
    const kept = Math.min(epoch, file.backedUp ?? epoch)
    if (kept > file.epoch) this.#rewrite(cid, file, { epoch: kept })
  }

  /** Notes that a backup of this epoch takes the place of the one before. */
  noteBackup(cid: Uint8Array, epoch: number): void {
    if (!this.#folder) return
    const file = this.#parse(cid)
    this.#rewrite(cid, file, { epoch: Math.max(file.epoch, epoch), backedUp: epoch })
  }

  /** Destroys a campaign's key. Done again it does nothing. */
  destroy(cid: Uint8Array): void {
    this.#known.delete(hex(cid))
    if (!this.#folder || !existsSync(this.#fileOf(cid))) return
    overwrite(openSync(this.#fileOf(cid), 'r+'))
    rmSync(this.#fileOf(cid))
    syncFolder(this.#folder)
  }

  /** Ids of the campaigns of which there is a key. */
  all(): Buffer[] {
    const names = this.#folder && existsSync(this.#folder) ? readdirSync(this.#folder) : []
    const files = names.flatMap((name) => /^([0-9a-f]{32})\.key$/.exec(name)?.[1] ?? [])
    return (this.#folder ? files : [...this.#known.keys()]).map((id) => Buffer.from(id, 'hex'))
  }

  /** Whether there is a key of this campaign. */
  has(cid: Uint8Array): boolean {
    return this.#folder ? existsSync(this.#fileOf(cid)) : this.#known.has(hex(cid))
  }

  /** What others than the owner may read: names of files, or the folder itself. */
  readableByOthers(): string[] {
    const folder = this.#folder
    if (!folder || !existsSync(folder) || process.platform === 'win32') return []
    const all = ['', ...readdirSync(folder)].map((name) => join(folder, name))
    return all.filter((path) => (statSync(path).mode & 0o077) !== 0)
  }

  #fileOf(cid: Uint8Array): string {
    return join(this.#folder ?? '', `${hex(cid)}.key`)
  }

  #read(cid: Uint8Array): IntakeKey {
    if (!this.#folder) throw new ActRefused(this.#says(cid, 'is gone with the program that made it'), 'intake-key')
    return keyIn(cid, this.#parse(cid))
  }

  #remember(key: IntakeKey): IntakeKey {
    const known = this.#known.get(hex(key.cid)) ?? new Map<number, IntakeKey>()
    this.#known.set(hex(key.cid), known.set(key.epoch, key))
    return key
  }

  #rewrite(cid: Uint8Array, file: KeyFile, change: Pick<KeyFile, 'epoch'> & Partial<KeyFile>): void {
    const key = forward(keyIn(cid, file), change.epoch)
    writeWhole(this.#fileOf(cid), { ...file, ...change, secret: textOf(key) })
  }

  #parse(cid: Uint8Array): KeyFile {
    const path = this.#fileOf(cid)
    if (!existsSync(path)) throw new ActRefused(this.#says(cid, 'is missing; put its copy there'), 'intake-key')
    try {
      const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
      const isWhole = file.v === 1 && Buffer.from(file.secret, 'base64url').length === INTAKE_SIZES.secret
      if (isWhole && Number.isSafeInteger(file.epoch)) return file
    } catch {
      // not JSON, or not ours to read: told below
    }
    throw new ActRefused(
      this.#says(cid, 'cannot be read; put its copy there, readable for the collector’s user'),
      'intake-key',
    )
  }

  #says(cid: Uint8Array, what: string): string {
    const name = this.#folder ? this.#fileOf(cid) : `the intake key of ${hex(cid)}`
    return `${name} ${what}: without it responses of campaign ${Buffer.from(cid).toString('base64url')} can neither be taken nor counted`
  }
}

function keyIn(cid: Uint8Array, { epoch, secret }: KeyFile): IntakeKey {
  return new IntakeKey(cid, epoch, Buffer.from(secret, 'base64url'))
}

function forward(key: IntakeKey, epoch: number): IntakeKey {
  let at = key
  while (at.epoch < epoch) at = at.next()
  return at
}

function textOf(key: IntakeKey): string {
  return Buffer.from(key.secret()).toString('base64url')
}

function hex(cid: Uint8Array): string {
  return Buffer.from(cid).toString('hex')
}

/** The new file takes the old one's name at once, and only then are the old one's bytes overwritten where they lie. */
function writeWhole(path: string, file: KeyFile): void {
  const fresh = `${path}.new`
  const handle = openSync(fresh, 'w', FILE_MODE)
  writeSync(handle, JSON.stringify(file))
  fsyncSync(handle)
  closeSync(handle)
  chmodSync(fresh, FILE_MODE)
  const old = existsSync(path) ? openSync(path, 'r+') : null
  renameSync(fresh, path)
  syncFolder(join(path, '..'))
  if (old !== null) overwrite(old)
}

/** Random bytes over a file's own. What the disk keeps beneath (snapshots, worn cells) is beyond any program. */
function overwrite(handle: number): void {
  writeSync(handle, randomBytes(256), 0, 256, 0)
  fsyncSync(handle)
  closeSync(handle)
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
