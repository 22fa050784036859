import * as v from 'valibot'
import { toBase64Url } from './bytes.ts'
import type { Campaign, KeyShares } from './manifest.ts'
import { bytesText, type Described, isDescribed, whole } from './shapes.ts'
import { SIZES } from './sizes.ts'

const MOST_SHARES = 9

/** 128 MiB and about half a second per guess (OWASP's first choice for scrypt). A file names exactly this: a crafted one must not make the opener allocate gigabytes. */
export const SCRYPT = { name: 'scrypt', N: 2 ** 17, r: 8, p: 1 } as const

const KEY_SHARE_FILE = v.pipe(
  v.strictObject({
    v: v.literal(2),
    kind: v.literal('ita-key-share'),
    /** The round: its id, its manifest's fingerprint and the box's public key, as the browser saw them that made the key. */
    cid: bytesText(SIZES.campaignId),
    mh: bytesText(SIZES.manifestHash),
    boxKey: bytesText(SIZES.boxPublicKey),
    /** How many shares open the box; 1 means that this file holds the whole key. */
    threshold: whole(1, MOST_SHARES),
    shares: whole(1, MOST_SHARES),
    index: whole(1, MOST_SHARES),
    /** SHA-256 of every holder's share, in order: whoever brings another share than they were given is found out. */
    commitments: v.array(bytesText(32)),
    kdf: v.strictObject({
      name: v.literal(SCRYPT.name),
      N: v.literal(SCRYPT.N),
      r: v.literal(SCRYPT.r),
      p: v.literal(SCRYPT.p),
      salt: bytesText(16),
    }),
    iv: bytesText(12),
    ct: v.pipe(v.string(), v.maxLength(200), v.regex(/^[A-Za-z0-9_-]+$/)),
  }),
  v.check(
    ({ threshold, shares, index, commitments }) =>
      threshold <= shares && index <= shares && commitments.length === shares,
  ),
)

/** A key holder's file: one share of a box's private key, wrapped with the holder's passphrase. */
export type KeyShareFile = Described<typeof KEY_SHARE_FILE>

/** The round a key belongs to. */
export type KeyRound = Pick<KeyShareFile, 'cid' | 'mh' | 'boxKey'>

/** What a key of a campaign must say, as its manifest has it. */
export function keyRoundOf({ manifest, mh }: Campaign): KeyRound {
  return { cid: manifest.cid, mh: toBase64Url(mh), boxKey: manifest.boxKey }
}

/** What is written on a share before it is wrapped. */
export type SharePlace = Pick<KeyShareFile, 'cid' | 'mh' | 'boxKey' | 'threshold' | 'shares' | 'index' | 'commitments'>

export type KeyFault =
  | 'not-a-key-file'
  | 'wrong-passphrase'
  | 'other-campaign'
  /** The same campaign id under another manifest or box key: somebody shows two rounds as one. */
  | 'other-manifest'
  | 'same-share-twice'
  | 'too-few-shares'
  /** A share is not the one its own file was made for. */
  | 'share-altered'
  /** Two files contradict each other about a share. */
  | 'files-disagree'
  /** The shares join to a key that is not the box's. */
  | 'other-key'

/** Why the box does not open with these key files. */
export class KeyError extends Error {
  readonly fault: KeyFault
  /** The share it is about; absent where it is about all of them. */
  readonly index: number | undefined

  constructor(fault: KeyFault, index?: number) {
    super(index === undefined ? fault : `${fault}: share ${index}`)
    this.name = 'KeyError'
    this.fault = fault
    this.index = index
  }
}

/** Every smallest set of shares that opens the box, e.g. 1+2, 1+3, 2+3. */
export function shareSets({ shares, threshold }: KeyShares): number[][] {
  const choose = (from: number, size: number): number[][] => {
    if (size === 0) return [[]]
    const sets: number[][] = []
    for (let first = from; first <= shares; first += 1) {
      for (const rest of choose(first + 1, size - 1)) sets.push([first, ...rest])
    }
    return sets
  }
  return choose(1, threshold)
}

/** The name of a set of shares, e.g. `1+3`. */
export function shareSetName(shares: readonly number[]): string {
  return [...shares].sort((a, b) => a - b).join('+')
}

/** Throws a KeyError that says what is off unless a file is one of this round. */
export function refuseOtherRound(file: KeyShareFile, { cid, mh, boxKey }: KeyRound): void {
  if (file.cid !== cid) throw new KeyError('other-campaign', file.index)
  if (file.mh !== mh || file.boxKey !== boxKey) throw new KeyError('other-manifest', file.index)
}

/** Reads a key file's JSON. Throws a KeyError when it is something else. */
export function readKeyShareFile(value: unknown): KeyShareFile {
  if (!isDescribed(KEY_SHARE_FILE, value)) throw new KeyError('not-a-key-file')
  return value
}
