import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { isDemonstration, lanesOf } from '#protocol/manifest'
import { PROTOCOL_VERSION } from '#protocol/messages'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { BoxStore } from '../box/box-store.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import { CAMPAIGN_ROUTE, type CampaignRoute } from './campaign-routes.ts'
import { campaignOrRefuse } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import type { RateLimits } from './rate-limits.ts'
import { RefusalError } from './refusal.ts'
import { CAMPAIGN_PARAMS, PROOF_SCHEMA } from './schemas.ts'

/** A challenge is answered by a program, at once. */
const CHALLENGE_LIFE_MS = 60_000

/** More at a time is nobody opening a box. */
const MOST_CHALLENGES = 1000

interface BoxRoutesParts {
  readonly box: BoxStore
  readonly limits: RateLimits
  /** Told before the rows leave. */
  readonly noteOpening: (campaign: StoredCampaign) => Promise<void>
}

/**
 * The sealed box leaves only to a holder of its key, even though it is sealed, and only after closing: whoever could fetch
 * it while answers come in would learn when each one came. The challenge is sealed to the box; its content is the proof.
 */
export function addSealedBoxRoutes(app: FastifyInstance, { box, limits, noteOpening }: BoxRoutesParts): void {
  const challenges = new Map<string, { readonly cid: string; readonly until: number }>()

  const asking = { ...CAMPAIGN_ROUTE, preHandler: limits.challenge }
  app.post<CampaignRoute>('/v1/campaigns/:cid/challenge', asking, async ({ params }) => {
    const { manifest, cid, mh } = await openableCampaign(box, params.cid)
    const proof = randomBytes(32)
    for (const [old, { until }] of challenges) if (until < Date.now()) challenges.delete(old)
    if (challenges.size >= MOST_CHALLENGES) throw new RefusalError(429, 'too-many-requests', 'too many challenges', 60)
    challenges.set(toBase64Url(proof), { cid: params.cid, until: Date.now() + CHALLENGE_LIFE_MS })
    const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
    const { enc, ct } = await seal(boxKey, { cid, mh, purpose: 'challenge' }, proof)
    return { v: PROTOCOL_VERSION, enc: toBase64Url(enc), ct: toBase64Url(ct) }
  })

  const proving = { schema: { params: CAMPAIGN_PARAMS, body: PROOF_SCHEMA }, preHandler: limits.challenge }
  app.post<CampaignRoute & { Body: { proof: string } }>(
    '/v1/campaigns/:cid/sealed',
    proving,
    async ({ params, body }, reply) => {
      const campaign = await openableCampaign(box, params.cid)
      const challenge = challenges.get(body.proof)
      challenges.delete(body.proof)
      if (challenge?.cid !== params.cid || challenge.until < Date.now())
        throw new RefusalError(403, 'bad-request', 'the proof does not answer the challenge')
      await noteOpening(campaign)
      const lines = sealedLines(box, campaign.cid, lanesOf(campaign.manifest))
      return reply.type('application/x-ndjson').send(Readable.from(lines))
    },
  )
}

/** Two openings of a box that still fills would tell which responses came between them. A demonstration hides nothing. */
async function openableCampaign(box: BoxStore, id: string): Promise<StoredCampaign> {
  const campaign = await campaignOrRefuse({ campaign: (cid) => box.campaigns.findNow(cid) }, exactBytes(id))
  if (!isClosed(campaign.state) && !isDemonstration(campaign.manifest))
    throw new RefusalError(403, 'bad-request', 'the box opens after the campaign was closed')
  return campaign
}

async function* sealedLines(box: BoxStore, cid: Uint8Array, lanes: readonly Lane[]): AsyncGenerator<string> {
  let rows = 0
  for (const lane of lanes) {
    for await (const sealed of box.sealedRows(cid, lane)) {
      rows += 1
      yield `${JSON.stringify({ lane, sealed: toBase64Url(sealed) })}\n`
    }
  }
  // without this line the reader knows that the download broke off
  yield `${JSON.stringify({ end: rows })}\n`
}
