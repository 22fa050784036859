import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { keySheetPdf } from '#print/key-sheet-pdf'
import type { Bytes } from '#protocol/bytes'
import { KeyError, keyRoundOf, readKeyShareFile } from '#protocol/key-file'
import { commitmentsTo, splitKey, unwrapShare, wrapShare } from '#protocol/key-share'
import { type Campaign, keySharesOf } from '#protocol/manifest'
import { Failure } from '../installation/failure.ts'
import { askSecretly } from './key-files.ts'

/** A file may be guessed at for years, on any machine: half a second a guess helps only a passphrase that is not short. */
const SHORTEST_PASSPHRASE = 12

/** Asks every holder for a passphrase, before anything is made. Throws a Failure on one that is short or mistyped. */
export async function askPassphrases(holders: number): Promise<string[]> {
  const passphrases: string[] = []
  for (let index = 1; index <= holders; index += 1) passphrases.push(await newPassphrase(index))
  if (new Set(passphrases).size < holders) throw new Failure('two holders chose one passphrase; each needs their own')
  return passphrases
}

async function newPassphrase(index: number): Promise<string> {
  const given = process.env[`ITA_PASSPHRASE_${index}`]
  const chosen = given ?? (await askSecretly(`key holder ${index}, choose a passphrase: `))
  if ([...chosen.normalize('NFC')].length < SHORTEST_PASSPHRASE) {
    throw new Failure(
      `key holder ${index}: too short; choose at least ${SHORTEST_PASSPHRASE} characters, e.g. four words`,
    )
  }
  if (given === undefined && (await askSecretly(`key holder ${index}, the same again: `)) !== chosen) {
    throw new Failure(`key holder ${index}: the two differ; nothing was made, start again`)
  }
  return chosen
}

/** Refuses to write over keys of an earlier ceremony. */
export function refuseOldKeys(folder: string, holders: number): void {
  for (let index = 1; index <= holders; index += 1) {
    if (existsSync(join(folder, `key-${index}.json`))) {
      throw new Failure(`${folder} holds keys already; name an empty folder with --keys-out`)
    }
  }
}

/** Keys that lie where the data lies protect it from nobody. */
export function refuseKeysBesideData(keys: string, data: string): void {
  const way = relative(resolve(data), resolve(keys))
  if (way === '' || !way.startsWith('..'))
    throw new Failure(`${keys} lies in the data folder; name another place, best a USB stick`)
}

/**
 * Splits the private key, wraps each share with its holder's passphrase, and writes a file and a printable sheet for each.
 * The files are read back and unwrapped before anybody relies on them. Afterwards the whole key is nowhere any more.
 */
export async function writeShares(
  folder: string,
  campaign: Campaign,
  privateKey: Bytes,
  passphrases: readonly string[],
  sheet: { readonly origin: string; readonly logHead: string; readonly emblem?: Buffer | undefined },
): Promise<string[]> {
  const { shares, threshold } = keySharesOf(campaign.manifest)
  const round = keyRoundOf(campaign)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const parts = await splitKey(privateKey, shares, threshold)
  privateKey.fill(0)
  const commitments = await commitmentsTo(parts)
  const files: string[] = []
  for (const [at, part] of parts.entries()) {
    const index = at + 1
    const passphrase = passphrases[at] ?? ''
    const wrapped = await wrapShare(part, { ...round, threshold, shares, index, commitments }, passphrase)
    const file = join(folder, `key-${index}.json`)
    writeFileSync(file, `${JSON.stringify(wrapped, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    writeFileSync(join(folder, `key-${index}.pdf`), await keySheetPdf(campaign, wrapped, sheet), { mode: 0o600 })
    await proveReadable(file, passphrase)
    part.fill(0)
    files.push(file)
  }
  return files
}

async function proveReadable(file: string, passphrase: string): Promise<void> {
  try {
    await unwrapShare(readKeyShareFile(JSON.parse(readFileSync(file, 'utf8'))), passphrase)
  } catch (error) {
    throw error instanceof KeyError ? new Failure(`${file} was not written well; make the campaign again`) : error
  }
}
