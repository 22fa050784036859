import { type Bytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { type Code, parseCode } from './code.ts'
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

/** Reads the fragment of a slip link, with or without `#`; null when it is damaged. */
export function parseSlip(fragment: string): Slip | null {
  const [kind, cidText, codeText, mhText, ...rest] = fragment.replace(/^#/, '').split('.')
  if (kind !== 't' || rest.length > 0) return null
  const cid = fromBase64Url(cidText, SIZES.campaignId)
  const mh = fromBase64Url(mhText, SIZES.manifestHash)
  const code = parseCode(codeText ?? '')
  return cid && mh && code ? { cid, mh, ...code } : null
}
