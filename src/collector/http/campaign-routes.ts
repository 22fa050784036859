import type { FastifyInstance } from 'fastify'
import { toBase64Url } from '#protocol/bytes'
import { lanesOf } from '#protocol/manifest'
import { type CampaignListing, PROTOCOL_VERSION } from '#protocol/messages'
import type { Closing } from '#protocol/published'
import { receiptOf } from '#protocol/receipt'
import type { ActLog } from '../acts/act-log.ts'
import { closingOf } from '../acts/closing.ts'
import type { BoxStore } from '../box/box-store.ts'
import type { CampaignRegister, StoredCampaign } from '../campaigns/campaign-register.ts'
import { isClosed } from '../campaigns/campaign-state.ts'
import type { PublishedLists } from '../installation/published-lists.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { slipsInForce } from '../issuer/slip-batches.ts'
import { campaignOrRefuse } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'
import { CAMPAIGN_PARAMS } from './schemas.ts'

export interface CampaignRoute {
  Params: { cid: string }
}

/** Routes below `/v2/campaigns/:cid`. */
export const CAMPAIGN_ROUTE = { schema: { params: CAMPAIGN_PARAMS } }

/**
 * What is public and the same for everybody may be kept for a while by whoever passes it on; without an ETag, which would be
 * a mark that a server can recognise a phone by.
 */
const KEPT_FOR_AN_HOUR = 'public, max-age=3600'

/** The campaigns that are open, for whoever types a code, and the manifest of each. */
export function addManifestRoutes(app: FastifyInstance, campaigns: CampaignRegister): void {
  app.get('/v2/campaigns', async (): Promise<CampaignListing> => {
    const listed = (await campaigns.open()).map(({ cid, mh, check_number: checkNumber }) => {
      return { cid: toBase64Url(cid), mh: toBase64Url(mh), checkNumber }
    })
    return { v: PROTOCOL_VERSION, campaigns: listed }
  })
  app.get<CampaignRoute>('/v2/campaigns/:cid', CAMPAIGN_ROUTE, async ({ params }, reply) => {
    const cid = exactBytes(params.cid)
    const campaign = await campaignOrRefuse({ campaign: () => campaigns.find(cid) }, cid)
    // never on the connection that a delivery comes over later
    reply.header('connection', 'close').header('cache-control', KEPT_FOR_AN_HOUR)
    return reply.type('application/json').send(campaign.text)
  })
}

interface ReceiptParts {
  readonly box: BoxStore
  readonly acts: ActLog
  readonly lists: PublishedLists
}

/** The published receipts, sorted, one for every response in the box; what was in the box at closing; the log's head then. */
export function addReceiptRoute(app: FastifyInstance, { box, acts, lists }: ReceiptParts): void {
  app.get<CampaignRoute>('/v2/campaigns/:cid/receipts', CAMPAIGN_ROUTE, async ({ params }, reply) => {
    const campaign = await closedCampaign(box.campaigns, params.cid)
    const closing = await closingOf(acts, campaign.manifest.cid)
    // closed just now: its box is being counted
    if (!closing) throw new RefusalError(404, 'not-published', 'published after closing')
    const name = `receipts-${Buffer.from(campaign.cid).toString('hex')}`
    const list = await lists.read(name, () => receiptPieces(box, campaign, closing))
    return reply.type('application/json').header('cache-control', KEPT_FOR_AN_HOUR).send(list)
  })
}

async function* receiptPieces(
  box: BoxStore,
  { cid, manifest }: StoredCampaign,
  closing: Closing,
): AsyncGenerator<string> {
  yield `{"v":${PROTOCOL_VERSION},"closing":${JSON.stringify(closing)},"lanes":{`
  for (const [at, lane] of lanesOf(manifest).entries()) {
    const count = await box.count(cid, lane)
    yield `${at === 0 ? '' : ','}${JSON.stringify(lane)}:{"count":${count},"receipts":[`
    let first = true
    for await (const page of box.nullifierPages(cid, lane)) {
      yield `${first ? '' : ','}${page.map((nf) => JSON.stringify(receiptOf(nf))).join()}`
      first = false
    }
    yield ']}'
  }
  yield '}}'
}

/** How many slips there were: responses counted ≤ slips exchanged, and tickets given to tablets or to whoever scanned the poster; slips exchanged ≤ printed. */
export function addSlipCountRoute(app: FastifyInstance, issuer: IssuerStore): void {
  app.get<CampaignRoute>('/v2/campaigns/:cid/slips', CAMPAIGN_ROUTE, async ({ params }) => {
    const { cid, manifest } = await closedCampaign(issuer.campaigns, params.cid)
    const lists = lanesOf(manifest).map(async (lane) => {
      const batches = await issuer.slips.of(cid, lane)
      const exchanged = batches.reduce((sum, batch) => sum + batch.exchanged, 0)
      const spareOnes = batches.filter(({ kind }) => kind === 'spare')
      const spare = spareOnes.reduce((sum, batch) => sum + batch.exchanged, 0)
      const tablets = (await issuer.tablets.of(cid)).filter((tablet) => tablet.lane === lane)
      const toTablets = tablets.reduce((sum, { issued }) => sum + issued, 0)
      const onRequest = lane === 'eit-open' ? ((await issuer.openLane.of(cid))?.given ?? 0) : 0
      return [lane, { printed: slipsInForce(batches), exchanged, spare, toTablets, onRequest }]
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
