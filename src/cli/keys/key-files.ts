import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Bytes } from '#protocol/bytes'
import {
  KeyError,
  type KeyFault,
  type KeyRound,
  type KeyShareFile,
  keyRoundOf,
  readKeyShareFile,
  refuseOtherRound,
} from '#protocol/key-file'
import { joinKey, unwrapShare } from '#protocol/key-share'
import type { Campaign } from '#protocol/manifest'
import { belongsTogether } from '#protocol/sealed-box'
import { Failure } from '../installation/failure.ts'

const MENDING = {
  'not-a-key-file': 'this is not a key file; give the file that the key holder keeps',
  'wrong-passphrase': 'wrong passphrase, or the file was altered; set ITA_PASSPHRASE or type it again',
  'other-campaign': 'this key belongs to another campaign; give the key files of this one',
  'other-manifest':
    'this key was made for another manifest than this one: somebody shows two rounds as one; compare the key sheet with a slip',
  'same-share-twice': 'the same share was given twice; ask a second key holder',
  'share-altered':
    'this share is not the one its own file was made for; ask this holder for the first copy of the file',
  'files-disagree':
    'these files contradict each other about this share; open with another pair, and keep all three files',
  'other-key': 'these shares join to another key than the box’s; open with another pair, and keep all files',
  'too-few-shares': 'not enough shares; give the key file of another key holder with --key',
} as const satisfies Record<KeyFault, string>

/** The private key of a campaign from key files and passphrases. Throws a Failure that says how to mend it. */
export async function readPrivateKey(files: readonly string[], campaign: Campaign): Promise<Bytes> {
  const round = keyRoundOf(campaign)
  const shares = files.map((file) => [file, readKeyFile(file)] as const)
  const unwrapped: Bytes[] = []
  for (const [file, share] of shares) {
    refuseForeign(file, share, round)
    unwrapped.push(await unwrapFile(file, share))
  }
  try {
    const key = await joinKey(
      shares.map(([, share]) => share),
      unwrapped,
      round,
    )
    if (!(await belongsTogether(key, round.boxKey))) throw new KeyError('other-key')
    return key
  } catch (error) {
    throw error instanceof KeyError ? failureOf(error.fault, namesOf(error, shares)) : error
  }
}

/** The file a fault is about, or all of them. */
export function namesOf(
  { index }: KeyError,
  shares: readonly (readonly [file: string, share: KeyShareFile])[],
): string {
  const meant = shares.filter(([, share]) => index === undefined || share.index === index)
  return meant.map(([file]) => file).join(', ')
}

/** Throws a Failure when a file is not one of this round. */
export function refuseForeign(file: string, share: KeyShareFile, round: KeyRound): void {
  try {
    refuseOtherRound(share, round)
  } catch (error) {
    throw error instanceof KeyError ? failureOf(error.fault, file) : error
  }
}

/** One share, with its holder's passphrase: from `ITA_PASSPHRASE_2` for share 2, from `ITA_PASSPHRASE`, or asked for. */
export async function unwrapFile(file: string, share: KeyShareFile): Promise<Bytes> {
  const passphrase = passphraseGiven(share.index) ?? (await askSecretly(`passphrase of ${file}: `))
  try {
    return await unwrapShare(share, passphrase)
  } catch (error) {
    throw error instanceof KeyError ? failureOf(error.fault, file) : error
  }
}

/** The passphrase of a share as the environment gives it. */
function passphraseGiven(index: number): string | undefined {
  return process.env[`ITA_PASSPHRASE_${index}`] ?? process.env.ITA_PASSPHRASE
}

/** Reads a key file. Throws a Failure when it is something else. */
export function readKeyFile(file: string): KeyShareFile {
  try {
    return readKeyShareFile(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')))
  } catch {
    throw failureOf('not-a-key-file', file)
  }
}

/** A fault of a key file in words that say how to mend it. */
export function failureOf(fault: KeyFault, file: string): Failure {
  return new Failure(`${file}: ${MENDING[fault]}`)
}

/** Asks on the terminal without showing what is typed. */
export async function askSecretly(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Failure('no passphrase; set ITA_PASSPHRASE or run in a terminal')
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise<string>((resolve) => terminal.question('', resolve))
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
