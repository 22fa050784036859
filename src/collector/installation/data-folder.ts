import { existsSync, mkdirSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { ActLog } from '../acts/act-log.ts'
import { BoxStore } from '../box/box-store.ts'
import { ActRefused } from '../campaigns/act-refused.ts'
import { IssuerStore } from '../issuer/issuer-store.ts'
import { OfficeStore } from '../office/office-store.ts'

/**
 * Which part of the collector runs here: both and the survey team's room in one process, or each on its own, on its own machine
 * where wanted. `office` is the room alone: it needs both databases, and takes neither slips nor deliveries.
 */
export type Role = 'issuer' | 'box' | 'office' | 'all'

/** Files of a data folder. Issuer and box know nothing of each other. */
export const FILES = {
  issuer: 'issuer.sqlite',
  box: 'box.sqlite',
  acts: 'acts.sqlite',
  office: 'office.sqlite',
} as const

/** Beside them: lists that were published, made anew when they are missing. */
export const PUBLISHED_FOLDER = 'published'

/** Beside the data folder, not inside it: a copy of the data must not hold what opens it. */
export function intakeKeysBeside(dataFolder: string): string {
  return `${resolve(dataFolder)}.keys`
}

/** Addresses of PostgreSQL databases; what is not named lies in a file of the data folder. */
export interface Databases {
  readonly issuer?: string | undefined
  /** The log of acts lies there, too; where only the issuer runs, in the issuer's. */
  readonly box?: string | undefined
  readonly office?: string | undefined
}

/** Where else than usual things are, and how large they may be. */
export interface FolderOptions {
  readonly databases?: Databases | undefined
  /** Folder of the intake keys; default the data folder's name with `.keys` behind it. */
  readonly keys?: string | undefined
  /** Largest size of the box's file. */
  readonly boxQuotaBytes?: number | undefined
}

/** What a data folder holds here: issuer, box or both, and the log of administrators' acts. */
export interface Installation {
  readonly issuer: IssuerStore | null
  readonly box: BoxStore | null
  readonly acts: ActLog
  /** The survey team's room; null where issuer and box are apart: then the terminal does what it does. */
  readonly office: OfficeStore | null
  end(): Promise<void>
}

/** The parts of an installation that an act concerns. */
export type Parts = Pick<Installation, 'issuer' | 'box' | 'acts'>

/** An installation with both parts. */
export interface Stores extends Installation {
  readonly issuer: IssuerStore
  readonly box: BoxStore
  readonly office: OfficeStore
}

/** Opens the data folder for both parts, creating it when it is new. */
export async function openStores(dataFolder: string, options: FolderOptions = {}): Promise<Stores> {
  const { issuer, box, acts, office, end } = await openRole(dataFolder, 'all', options)
  if (!issuer || !box || !office) throw new Error('both parts were asked for')
  return { issuer, box, acts, office, end }
}

/** Opens the parts of a role, creating the folder and the files when they are new; the other part's file is never touched. */
export async function openRole(
  dataFolder: string,
  role: Role,
  { keys = intakeKeysBeside(dataFolder), boxQuotaBytes, databases = {} }: FolderOptions = {},
): Promise<Installation> {
  refuseOtherRole(dataFolder, role, databases)
  refuseKeysInside(dataFolder, keys)
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const place = (part: keyof typeof FILES, address: string | undefined) => address ?? join(dataFolder, FILES[part])
  const quotaBytes = boxQuotaBytes
  const issuer = role === 'box' ? null : await IssuerStore.open(place('issuer', databases.issuer))
  const box = role === 'issuer' ? null : await BoxStore.open(place('box', databases.box), { keys, quotaBytes })
  const acts = await ActLog.open(place('acts', role === 'issuer' ? databases.issuer : databases.box))
  const office = role === 'all' || role === 'office' ? await OfficeStore.open(place('office', databases.office)) : null
  return {
    issuer,
    box,
    acts,
    office,
    async end() {
      await Promise.all([issuer?.end(), box?.end(), acts.end(), office?.end()])
    },
  }
}

/** One copy of a folder with both would open what it holds. */
function refuseKeysInside(dataFolder: string, keys: string): void {
  if (isInside(resolve(dataFolder), resolve(keys)))
    throw new ActRefused(`${keys} lies in the data folder; keep intake keys elsewhere, and never in the same backup`)
}

/** Whether a path lies in a folder, or is it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way.startsWith('..') || isAbsolute(way))
}

/** What is in a folder, or has an address. */
function presentParts(dataFolder: string, databases: Databases): ('issuer' | 'box')[] {
  const parts = ['issuer', 'box'] as const
  return parts.filter((part) => databases[part] !== undefined || existsSync(join(dataFolder, FILES[part])))
}

/** A half that is missing beside the other one runs on another machine: an empty one made here would pass for it. */
function refuseOtherRole(dataFolder: string, role: Role, databases: Databases): void {
  const present = presentParts(dataFolder, databases)
  const [only, other] = present
  if (only && !other && role !== only && role !== 'office')
    throw new ActRefused(`${dataFolder} holds the ${only} only; use --role ${only}`)
}

/** Opens what is in a data folder, or null when nothing is. */
export async function openFolder(dataFolder: string, options: FolderOptions = {}): Promise<Installation | null> {
  const [one, other] = presentParts(dataFolder, options.databases ?? {})
  if (!one) return null
  return other ? openStores(dataFolder, options) : openRole(dataFolder, one, options)
}
