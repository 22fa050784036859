import { randomBytes } from 'node:crypto'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { isDemonstration, lanesOf } from '#protocol/manifest'
import { PROTOCOL_VERSION } from '#protocol/messages'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { BoxStore } from '../box/box-store.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import { campaignOrRefuse } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'

/** A challenge is answered by a program, at once. */
const CHALLENGE_LIFE_MS = 60_000

/** More at a time is nobody opening a box. */
const MOST_CHALLENGES = 1000

/** Proofs that somebody holds a box's key: a challenge is sealed to the box, and its content is the proof, good once. */
export class BoxProofs {
  readonly #challenges = new Map<string, { readonly cid: string; readonly until: number }>()

  async challenge({ manifest, cid, mh }: StoredCampaign) {
    const proof = randomBytes(32)
    for (const [old, { until }] of this.#challenges) if (until < Date.now()) this.#challenges.delete(old)
    if (this.#challenges.size >= MOST_CHALLENGES)
      throw new RefusalError(429, 'too-many-requests', 'too many challenges', 60)
    this.#challenges.set(toBase64Url(proof), { cid: manifest.cid, until: Date.now() + CHALLENGE_LIFE_MS })
    const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
    const { enc, ct } = await seal(boxKey, { cid, mh, purpose: 'challenge' }, proof)
    return { v: PROTOCOL_VERSION, enc: toBase64Url(enc), ct: toBase64Url(ct) }
  }

  /** Throws the refusal unless this answers a challenge of that campaign. */
  take({ manifest }: StoredCampaign, proof: string): void {
    const challenge = this.#challenges.get(proof)
    this.#challenges.delete(proof)
    if (challenge?.cid !== manifest.cid || challenge.until < Date.now())
      throw new RefusalError(403, 'bad-request', 'the proof does not answer the challenge')
  }
}

/** Two openings of a box that still fills would tell which responses came between them. A demonstration hides nothing. */
export async function openableCampaign(box: BoxStore, id: string): Promise<StoredCampaign> {
  const campaign = await campaignOrRefuse({ campaign: (cid) => box.campaigns.findNow(cid) }, exactBytes(id))
  if (!isClosed(campaign.state) && !isDemonstration(campaign.manifest))
    throw new RefusalError(403, 'bad-request', 'the box opens after the campaign was closed')
  return campaign
}

/** All rows of a box, one JSON object a line; the last one says that this was all. */
export async function* sealedLines(box: BoxStore, { cid, manifest }: StoredCampaign): AsyncGenerator<string> {
  let rows = 0
  for (const lane of lanesOf(manifest)) {
    for await (const page of box.sealedPages(cid, lane)) {
      rows += page.length
      yield page.map((sealed) => lineOf(lane, sealed)).join('')
    }
  }
  // without this line the reader knows that the download broke off
  yield `${JSON.stringify({ end: rows })}\n`
}

function lineOf(lane: Lane, sealed: Uint8Array): string {
  return `${JSON.stringify({ lane, sealed: toBase64Url(sealed) })}\n`
}
