import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import type { Lane } from '#protocol/lane'
import { lanesOf } from '#protocol/manifest'
import { PROTOCOL_VERSION } from '#protocol/messages'
import { receiptOf } from '#protocol/receipt'
import { seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import type { BoxStore } from '../box/box-store.ts'
import { campaignOrRefuse } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'
import { CAMPAIGN_PARAMS, PROOF_SCHEMA } from './schemas.ts'

interface CampaignRoute {
  Params: { cid: string }
}

/** A challenge is answered by a program, at once. */
const CHALLENGE_LIFE_MS = 60_000

/** More at a time is nobody opening a box. */
const MOST_CHALLENGES = 1000

/** Manifest, published receipts, and the sealed box for whoever proves to hold its key. */
export function addCampaignRoutes(app: FastifyInstance, box: BoxStore): void {
  const options = { schema: { params: CAMPAIGN_PARAMS } }

  app.get<CampaignRoute>('/v1/campaigns/:cid', options, async ({ params }, reply) => {
    const campaign = await campaignOrRefuse(box, exactBytes(params.cid))
    return reply.type('application/json').send(campaign.text)
  })

  app.get<CampaignRoute>('/v1/campaigns/:cid/receipts', options, async ({ params }) => {
    const campaign = await campaignOrRefuse({ campaign: (cid) => box.campaignNow(cid) }, exactBytes(params.cid))
    if (campaign.state !== 'closed') throw new RefusalError(404, 'bad-request', 'receipts are published after closing')
    const lists = lanesOf(campaign.manifest).map(async (lane) => {
      const receipts = (await box.nullifiers(campaign.cid, lane)).map(receiptOf)
      return [lane, { count: receipts.length, receipts }] as const
    })
    return { v: PROTOCOL_VERSION, lanes: Object.fromEntries(await Promise.all(lists)) }
  })

  addSealedBoxRoutes(app, box)
}

/**
 * The sealed box leaves only to a holder of its key, even though it is sealed: whoever could fetch it while answers come
 * in would learn when each one came. The challenge is sealed to the box; its content is the proof.
 */
function addSealedBoxRoutes(app: FastifyInstance, box: BoxStore): void {
  const challenges = new Map<string, { readonly cid: string; readonly until: number }>()

  app.post<CampaignRoute>(
    '/v1/campaigns/:cid/challenge',
    { schema: { params: CAMPAIGN_PARAMS } },
    async ({ params }) => {
      const { manifest, cid, mh } = await campaignOrRefuse(box, exactBytes(params.cid))
      const proof = randomBytes(32)
      for (const [old, { until }] of challenges) if (until < Date.now()) challenges.delete(old)
      if (challenges.size >= MOST_CHALLENGES) throw new RefusalError(429, 'too-many-requests', 'too many challenges')
      challenges.set(toBase64Url(proof), { cid: params.cid, until: Date.now() + CHALLENGE_LIFE_MS })
      const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
      const { enc, ct } = await seal(boxKey, { cid, mh, purpose: 'challenge' }, proof)
      return { v: PROTOCOL_VERSION, enc: toBase64Url(enc), ct: toBase64Url(ct) }
    },
  )

  const schema = { params: CAMPAIGN_PARAMS, body: PROOF_SCHEMA }
  app.post<CampaignRoute & { Body: { proof: string } }>(
    '/v1/campaigns/:cid/sealed',
    { schema },
    async ({ params, body }, reply) => {
      const { manifest, cid } = await campaignOrRefuse(box, exactBytes(params.cid))
      const challenge = challenges.get(body.proof)
      challenges.delete(body.proof)
      if (challenge?.cid !== params.cid || challenge.until < Date.now())
        throw new RefusalError(403, 'bad-request', 'the proof does not answer the challenge')
      return reply.type('application/x-ndjson').send(Readable.from(sealedLines(box, cid, lanesOf(manifest))))
    },
  )
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
