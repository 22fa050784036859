import type { FastifyInstance } from 'fastify'
import { toBase64Url } from '#protocol/bytes'
import { lanesOf } from '#protocol/manifest'
import { type CampaignListing, PROTOCOL_VERSION } from '#protocol/messages'
import { receiptOf } from '#protocol/receipt'
import type { BoxStore } from '../box/box-store.ts'
import type { CampaignRegister, StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed, takesAnswers } from '../campaigns/campaign-state.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { slipsInForce } from '../issuer/slip-batches.ts'
import { campaignOrRefuse } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'
import { CAMPAIGN_PARAMS } from './schemas.ts'

export interface CampaignRoute {
  Params: { cid: string }
}

/** Routes below `/v1/campaigns/:cid`. */
export const CAMPAIGN_ROUTE = { schema: { params: CAMPAIGN_PARAMS } }

/** The campaigns that are open, for whoever types a code, and the manifest of each. */
export function addManifestRoutes(app: FastifyInstance, campaigns: CampaignRegister): void {
  app.get('/v1/campaigns', async (): Promise<CampaignListing> => {
    const open = (await campaigns.all()).filter(({ state }) => takesAnswers(state))
    return {
      v: PROTOCOL_VERSION,
      campaigns: open.map(({ manifest, mh }) => ({ cid: manifest.cid, mh: toBase64Url(mh) })),
    }
  })
  app.get<CampaignRoute>('/v1/campaigns/:cid', CAMPAIGN_ROUTE, async ({ params }, reply) => {
    const cid = exactBytes(params.cid)
    const campaign = await campaignOrRefuse({ campaign: () => campaigns.find(cid) }, cid)
    return reply.type('application/json').send(campaign.text)
  })
}

/** The published receipts, sorted: one for every response in the box. */
export function addReceiptRoute(app: FastifyInstance, box: BoxStore): void {
  app.get<CampaignRoute>('/v1/campaigns/:cid/receipts', CAMPAIGN_ROUTE, async ({ params }) => {
    const { cid, manifest } = await closedCampaign(box.campaigns, params.cid)
    const lists = lanesOf(manifest).map(async (lane) => {
      const receipts = (await box.nullifiers(cid, lane)).map(receiptOf)
      return [lane, { count: receipts.length, receipts }] as const
    })
    return { v: PROTOCOL_VERSION, lanes: Object.fromEntries(await Promise.all(lists)) }
  })
}

/** How many slips there were: responses counted ≤ slips exchanged, and tickets given to tablets or to whoever scanned the poster; slips exchanged ≤ printed. */
export function addSlipCountRoute(app: FastifyInstance, issuer: IssuerStore): void {
  app.get<CampaignRoute>('/v1/campaigns/:cid/slips', CAMPAIGN_ROUTE, async ({ params }) => {
    const { cid, manifest } = await closedCampaign(issuer.campaigns, params.cid)
    const lists = lanesOf(manifest).map(async (lane) => {
      const batches = await issuer.slips.of(cid, lane)
      const exchanged = batches.reduce((sum, batch) => sum + batch.exchanged, 0)
      const tablets = (await issuer.tablets.of(cid)).filter((tablet) => tablet.lane === lane)
      const toTablets = tablets.reduce((sum, { issued }) => sum + issued, 0)
      const onRequest = lane === 'eit-open' ? ((await issuer.openLane.of(cid))?.given ?? 0) : 0
      return [lane, { printed: slipsInForce(batches), exchanged, toTablets, onRequest }]
    })
    return { v: PROTOCOL_VERSION, lanes: Object.fromEntries(await Promise.all(lists)) }
  })
}

async function closedCampaign(campaigns: CampaignRegister, id: string): Promise<StoredCampaign> {
  const cid = exactBytes(id)
  const campaign = await campaignOrRefuse({ campaign: () => campaigns.findNow(cid) }, cid)
  if (!isClosed(campaign.state)) throw new RefusalError(404, 'not-published', 'published after closing')
  return campaign
}
