import { type Bytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { type Code, makeCode, parseCode } from './code.ts'
import type { Lane } from './lane.ts'
import { SIZES } from './sizes.ts'

/** What a slip says: which campaign, which manifest, which code. */
export interface Slip {
  readonly cid: Bytes
  readonly mh: Bytes
  readonly code: Code
  readonly lane: Lane
}

/**
 * The link behind a slip's QR. Everything is in the fragment, which browsers do not send;
 * `openExternalBrowser=1` makes LINE hand it to the phone's own browser.
 */
export function slipLink(origin: string, { cid, mh, code }: Pick<Slip, 'cid' | 'mh' | 'code'>): string {
  return `${origin}/?openExternalBrowser=1#t.${toBase64Url(cid)}.${code}.${toBase64Url(mh)}`
}

/** The link behind a poster's QR: no code, so everybody's is the same. */
export function posterLink(origin: string, { cid, mh }: Pick<Slip, 'cid' | 'mh'>): string {
  return `${origin}/?openExternalBrowser=1#o.${toBase64Url(cid)}.${toBase64Url(mh)}`
}

/** Reads the fragment of a poster's link as a slip, with a code that this phone makes of random bytes; null when it is damaged. */
export function parsePoster(fragment: string, randomBytes: Uint8Array): Slip | null {
  const [kind, cidText, mhText, ...rest] = fragment.replace(/^#/, '').split('.')
  if (kind !== 'o' || rest.length > 0) return null
  const cid = fromBase64Url(cidText, SIZES.campaignId)
  const mh = fromBase64Url(mhText, SIZES.manifestHash)
  return cid && mh ? { cid, mh, lane: 'eit-open', code: makeCode('eit-open', randomBytes) } : null
}

/** Reads the fragment of a slip link, with or without `#`; null when it is damaged. */
export function parseSlip(fragment: string): Slip | null {
  const [kind, cidText, codeText, mhText, ...rest] = fragment.replace(/^#/, '').split('.')
  if (kind !== 't' || rest.length > 0) return null
  const cid = fromBase64Url(cidText, SIZES.campaignId)
  const mh = fromBase64Url(mhText, SIZES.manifestHash)
  const code = parseCode(codeText ?? '')
  return cid && mh && code ? { cid, mh, ...code } : null
}
