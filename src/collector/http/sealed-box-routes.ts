import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { BoxStore } from '../box/box-store.ts'
import { sealedLines } from '../box/sealed-lines.ts'
import type { StoredCampaign } from '../campaigns/campaign-register.ts'
import { BoxProofs, openableCampaign } from './box-proofs.ts'
import { CAMPAIGN_ROUTE, type CampaignRoute } from './campaign-routes.ts'
import type { Clock } from './campaign-source.ts'
import type { RateLimits } from './rate-limits.ts'
import { CAMPAIGN_PARAMS, PROOF_SCHEMA } from './schemas.ts'

interface BoxRoutesParts {
  readonly box: BoxStore
  readonly limits: RateLimits
  readonly now: Clock
  /** Told before the rows leave. */
  readonly noteOpening: (campaign: StoredCampaign) => Promise<void>
}

/**
 * The sealed box leaves only to a holder of its key, even though it is sealed, and only after closing: whoever could fetch
 * it while answers come in would learn when each one came.
 */
export function addSealedBoxRoutes(app: FastifyInstance, { box, limits, now, noteOpening }: BoxRoutesParts): void {
  const proofs = new BoxProofs(now)

  const asking = { ...CAMPAIGN_ROUTE, preHandler: limits.challenge }
  app.post<CampaignRoute>('/v2/campaigns/:cid/challenge', asking, async ({ params }) => {
    return proofs.challenge(await openableCampaign(box, params.cid))
  })

  const proving = { schema: { params: CAMPAIGN_PARAMS, body: PROOF_SCHEMA }, preHandler: limits.challenge }
  app.post<CampaignRoute & { Body: { challenge: string; proof: string } }>(
    '/v2/campaigns/:cid/sealed',
    proving,
    async ({ params, body }, reply) => {
      const campaign = await openableCampaign(box, params.cid)
      proofs.take(campaign, body)
      await noteOpening(campaign)
      return reply.type('application/x-ndjson').send(Readable.from(sealedLines(box, campaign)))
    },
  )
}
