import { utf8 } from './bytes.ts'
import { canonicalJson, isRecord, parseJson } from './json.ts'
import type { Manifest } from './manifest.ts'

/**
 * All that a manifest will say but the box's key. The collector says it before the key is made; whoever makes the key then
 * knows that the round was not chosen to go with it. Without that, somebody who runs the server could try millions of round
 * ids until two rounds have one check number: one for the key holders, and one with a key of their own.
 */
export type Commitment = Omit<Manifest, 'boxKey'>

export function commitmentText(commitment: Commitment): string {
  return canonicalJson(commitment)
}

/** The one manifest that keeps to a commitment and has this box key (base64url): canonical JSON. */
export function withBoxKey(commitment: Commitment, boxKey: string): string {
  return canonicalJson({ ...commitment, boxKey })
}

/** Whether a manifest's text is what was committed to, with this box key and nothing else. */
export function keepsTo(manifest: string, commitment: string, boxKey: string): boolean {
  const said = parseJson(utf8(commitment))
  return isRecord(said) && !('boxKey' in said) && canonicalJson({ ...said, boxKey }) === manifest
}
