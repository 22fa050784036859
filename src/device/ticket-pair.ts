import { type Bytes, fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import type { ManifestLane } from '#protocol/manifest'
import type { BlindedPair } from '#protocol/messages'
import { SIZES } from '#protocol/sizes'
import { blindTicket, finalizeTicket, prepareTicket, type TicketKind } from '#protocol/ticket'
import { campaignIdBytes } from './campaign.ts'
import type { Device } from './device.ts'
import type { BlankPair, BlankTicket, TicketPair } from './store.ts'

type LaneKeys = Pick<ManifestLane, 'issuerKey' | 'innerKey'>

/** Blinds the two messages of a code, or of a place in a wallet, under the lane's two keys. */
export async function blindPair(device: Device, cid: string, lane: Lane, keys: LaneKeys): Promise<BlankPair> {
  const blank = async (kind: TicketKind, key: string): Promise<BlankTicket> => {
    const input = await prepareTicket(kind, campaignIdBytes(cid), lane, device.random.bytes(SIZES.nonce))
    const { blinded, inv } = await blindTicket(key, input)
    return { input: toBase64Url(input), inv: toBase64Url(inv), blinded: toBase64Url(blinded) }
  }
  return { outer: await blank('outer', keys.issuerKey), inner: await blank('inner', keys.innerKey) }
}

/** What is asked for: all that the issuer sees. */
export function blindedOf({ outer, inner }: BlankPair): BlindedPair {
  return { outer: outer.blinded, inner: inner.blinded }
}

/** Both tickets from the issuer's signatures, or null unless both are signatures of these very messages. */
export async function unblindPair(
  { outer, inner }: BlankPair,
  signed: { readonly outer: Bytes; readonly inner: Bytes },
  keys: LaneKeys,
): Promise<TicketPair | null> {
  const sigs = [
    await unblind(keys.issuerKey, outer, signed.outer),
    await unblind(keys.innerKey, inner, signed.inner),
  ] as const
  if (!sigs[0] || !sigs[1]) return null
  return { input: outer.input, sig: sigs[0], inner: { input: inner.input, sig: sigs[1] } }
}

async function unblind(key: string, { input, inv }: BlankTicket, signature: Bytes): Promise<string | null> {
  const [message, factor] = [fromBase64Url(input, SIZES.ticketInput), fromBase64Url(inv, SIZES.blinded)]
  if (!message || !factor) throw new Error('damaged ticket')
  const sig = await finalizeTicket(key, message, signature, factor).catch(() => null)
  return sig && toBase64Url(sig)
}
