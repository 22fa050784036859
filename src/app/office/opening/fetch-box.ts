import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Campaign } from '#protocol/manifest'
import { openerFor } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { type Answer, ask, askFile } from '../asking/ask.ts'

/** Asks for the sealed box: the collector gives it to whoever opens a challenge with its key. */
export async function fetchBox(
  campaign: Campaign,
  key: Uint8Array,
  signal: AbortSignal,
): Promise<Answer<ReadableStream<Uint8Array>>> {
  const { cid: round } = campaign.manifest
  const asked = await ask('POST /rounds/:cid/challenge', { cid: round })
  if ('refused' in asked) return asked
  const enc = fromBase64Url(asked.value.enc, SIZES.encapsulatedKey)
  const ct = fromBase64Url(asked.value.ct, 32 + SIZES.tag)
  if (!enc || !ct) return { refused: 'unreachable' }
  const opener = await openerFor(campaign, key, 'challenge')
  const proof = await opener.open({ enc, ct }).catch(() => null)
  if (!proof) return { refused: 'keys-do-not-open' }
  const body = { challenge: asked.value.challenge, proof: toBase64Url(proof) }
  const reply = await askFile('POST /rounds/:cid/sealed', { cid: round, body, signal })
  if ('refused' in reply) return reply
  return reply.value.body ? { value: reply.value.body } : { refused: 'unreachable' }
}
