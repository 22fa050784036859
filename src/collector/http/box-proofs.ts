import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { isDemonstration } from '#protocol/manifest'
import { PROTOCOL_VERSION } from '#protocol/messages'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { BoxStore } from '../box/box-store.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import { type Clock, campaignOrRefuse } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'

/** A challenge is answered by a program, at once. */
const CHALLENGE_LIFE_MS = 60_000

/**
 * Proofs that somebody holds a box's key: a challenge is sealed to the box, and its content is the proof, good once. Nothing
 * is kept of a challenge until it was answered, so nobody can fill a list with them: its content is derived from its name.
 */
export class BoxProofs {
  readonly #secret = randomBytes(32)
  readonly #answered = new Map<string, number>()
  readonly #now: Clock

  constructor(now: Clock) {
    this.#now = now
  }

  async challenge(campaign: StoredCampaign) {
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(this.#now()))
    const challenge = Buffer.concat([randomBytes(24), time])
    const boxKey = fromBase64Url(campaign.manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
    const context = { cid: campaign.cid, mh: campaign.mh, purpose: 'challenge' } as const
    const { enc, ct } = await seal(boxKey, context, this.#proofOf(campaign, challenge))
    return {
      v: PROTOCOL_VERSION,
      challenge: toBase64Url(challenge),
      enc: toBase64Url(enc),
      ct: toBase64Url(ct),
    }
  }

  /** Throws the refusal unless this answers a challenge of that campaign, for the first time. */
  take(campaign: StoredCampaign, answer: { readonly challenge: string; readonly proof: string }): void {
    const [challenge, proof] = [exactBytes(answer.challenge), exactBytes(answer.proof)]
    const now = this.#now()
    for (const [old, until] of this.#answered) if (until < now) this.#answered.delete(old)
    const age = now - Number(challenge.readBigUInt64BE(24))
    const right = timingSafeEqual(this.#proofOf(campaign, challenge), proof)
    const isFresh = age >= 0 && age <= CHALLENGE_LIFE_MS && !this.#answered.has(answer.challenge)
    if (!right || !isFresh) throw new RefusalError(403, 'bad-request', 'the proof does not answer the challenge')
    this.#answered.set(answer.challenge, now + CHALLENGE_LIFE_MS)
  }

  #proofOf({ cid }: StoredCampaign, challenge: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret).update(cid).update(challenge).digest()
  }
}

/** Two openings of a box that still fills would tell which responses came between them. A demonstration hides nothing. */
export async function openableCampaign(box: BoxStore, id: string): Promise<StoredCampaign> {
  const campaign = await campaignOrRefuse({ campaign: (cid) => box.campaigns.findNow(cid) }, exactBytes(id))
  if (!isClosed(campaign.state) && !isDemonstration(campaign.manifest))
    throw new RefusalError(403, 'bad-request', 'the box opens after the campaign was closed')
  if (isClosed(campaign.state) && !(await box.isSettled(campaign.cid)))
    throw new RefusalError(403, 'bad-request', 'closing this campaign was broken off: close it once more')
  return campaign
}
