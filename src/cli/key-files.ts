import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Bytes } from '#protocol/bytes'
import { joinKey, KeyError, type KeyFault, type KeyShareFile, readKeyShareFile, unwrapShare } from '#protocol/key-share'
import type { Manifest } from '#protocol/manifest'
import { belongsTogether } from '#protocol/sealed-box'
import { Failure } from './failure.ts'

const MENDING = {
  'not-a-key-file': 'this is not a key file; give the file that the key holder keeps',
  'wrong-passphrase': 'wrong passphrase, or the file was altered; set ITA_PASSPHRASE or type it again',
  'other-campaign': 'this key belongs to another campaign; give the key files of this one',
  'same-share-twice': 'the same share was given twice; ask a second key holder',
  'too-few-shares': 'not enough shares; give the key file of another key holder with --key',
} as const satisfies Record<KeyFault, string>

/** The private key of a campaign from key files and passphrases. Throws a Failure that says how to mend it. */
export async function readPrivateKey(files: readonly string[], { cid, boxKey }: Manifest): Promise<Bytes> {
  const shares = files.map((file) => [file, readKeyFile(file)] as const)
  const unwrapped: Bytes[] = []
  for (const [file, share] of shares) {
    if (share.cid !== cid) throw failureOf('other-campaign', file)
    unwrapped.push(await unwrapFile(file, share))
  }
  try {
    const key = await joinKey(
      shares.map(([, share]) => share),
      unwrapped,
      cid,
    )
    if (!(await belongsTogether(key, boxKey))) throw new KeyError('other-campaign')
    return key
  } catch (error) {
    throw error instanceof KeyError ? failureOf(error.fault, files.join(', ')) : error
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
