import { fromBase64Url, toBase64Url } from './bytes.ts'
import { parseCode } from './code.ts'
import { type KeyShareFile, readKeyShareFile } from './key-file.ts'
import type { Campaign } from './manifest.ts'
import { SIZES } from './sizes.ts'

/** Where a piece of evidence about a round comes from. */
export type EvidenceKind = 'slip' | 'poster' | 'key-sheet' | 'key-file' | 'phone'

/**
 * What a piece of paper, a file or a phone says of its round. Two of them that speak of one round must agree in everything
 * both of them say; that is how people find out that they were shown two different rounds as one.
 */
export interface Evidence {
  readonly kind: EvidenceKind
  readonly cid: string
  readonly mh: string
  /** The box's public key, where it is said. */
  readonly boxKey?: string
}

/** What a phone holds of a round. */
export function evidenceOf({ manifest, mh }: Campaign): Evidence {
  return { kind: 'phone', cid: manifest.cid, mh: toBase64Url(mh), boxKey: manifest.boxKey }
}

/** The link behind the QR on posters and closing sheets, and on a phone that is compared with another one. */
export function witnessLink(origin: string, { cid, mh }: Pick<Campaign, 'cid' | 'mh'>): string {
  return `${origin}/check#w.${toBase64Url(cid)}.${toBase64Url(mh)}`
}

/** The link behind the QR on a key sheet: round, full fingerprint and the key that was made. */
export function keySheetLink(origin: string, { cid, mh, boxKey }: Pick<KeyShareFile, 'cid' | 'mh' | 'boxKey'>): string {
  return `${origin}/check#k.${cid}.${mh}.${boxKey}`
}

/** Reads what was scanned, pasted or opened: any link with a round in its fragment, or a key file. Null when it is neither. */
export function readEvidence(text: string): Evidence | null {
  const trimmed = text.trim()
  return trimmed.startsWith('{') ? fromKeyFile(trimmed) : fromLink(trimmed)
}

/** `same`, or why not: the round has another id, or one id stands over two manifests or two box keys. */
export function compareEvidence(one: Evidence, other: Evidence): 'same' | 'other-round' | 'contradiction' {
  if (one.cid !== other.cid) return 'other-round'
  const keysDiffer = one.boxKey !== undefined && other.boxKey !== undefined && one.boxKey !== other.boxKey
  return one.mh !== other.mh || keysDiffer ? 'contradiction' : 'same'
}

function fromKeyFile(text: string): Evidence | null {
  try {
    const { cid, mh, boxKey } = readKeyShareFile(JSON.parse(text))
    return { kind: 'key-file', cid, mh, boxKey }
  } catch {
    return null
  }
}

function fromLink(text: string): Evidence | null {
  const at = text.indexOf('#')
  const [kind, ...parts] = text.slice(at + 1).split('.')
  if (kind === 't') return isCode(parts[1]) ? bare('slip', [parts[0], parts[2], ...parts.slice(3)]) : null
  if (kind === 'o' || kind === 'w') return bare('poster', parts)
  if (kind !== 'k' || parts.length !== 3) return null
  const boxKey = parts[2] ?? ''
  const found = fromBase64Url(boxKey, SIZES.boxPublicKey) && bare('key-sheet', parts.slice(0, 2))
  return found ? { ...found, boxKey } : null
}

function bare(kind: EvidenceKind, parts: readonly (string | undefined)[]): Evidence | null {
  const [cid = '', mh = ''] = parts
  const right = fromBase64Url(cid, SIZES.campaignId) && fromBase64Url(mh, SIZES.manifestHash)
  return right && parts.length === 2 ? { kind, cid, mh } : null
}

function isCode(text: string | undefined): boolean {
  return text !== undefined && parseCode(text) !== null
}
