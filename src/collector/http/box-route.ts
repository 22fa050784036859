import type { KeyObject } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { isLane } from '#protocol/lane'
import type { Manifest } from '#protocol/manifest'
import {
  type BoxAnswer,
  type BoxItem,
  type BoxRequest,
  type ItemRefusal,
  type ItemResult,
  PROTOCOL_VERSION,
} from '#protocol/messages'
import { ticketLane } from '#protocol/ticket'
import type { BoxStore } from '../box/box-store.ts'
import type { Delivery } from '../box/keep-group.ts'
import { issuerPublicKey, nullifierNow, verifyTicket } from '../box/verify-ticket.ts'
import { type Clock, campaignTakingAnswers } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import type { RateLimits } from './rate-limits.ts'
import { RefusalError } from './refusal.ts'
import { BOX_SCHEMA } from './schemas.ts'

/** `POST /v2/box`: keeps each response whose ticket is valid, exactly once, and says so only after the commit. */
export function addBoxRoute(app: FastifyInstance, box: BoxStore, now: Clock, limits: RateLimits): void {
  const keys = new Map<string, KeyObject>()
  const keyOf = (modulus: string) => {
    const key = keys.get(modulus) ?? issuerPublicKey(modulus)
    keys.set(modulus, key)
    return key
  }

  app.post<{ Body: BoxRequest }>('/v2/box', { schema: { body: BOX_SCHEMA } }, async (request): Promise<BoxAnswer> => {
    const { body } = request
    const cid = exactBytes(body.cid)
    const { manifest } = await campaignTakingAnswers(box, cid, now)
    const judged = await Promise.all(body.items.map((item) => judge(cid, manifest, item, keyOf)))
    // a right ticket always passes, whoever else uses its address
    if (judged.every((verdict) => typeof verdict === 'string')) await limits.junk(request)
    const results = await Promise.all(
      judged.map(async (verdict, n): Promise<ItemResult> => {
        if (typeof verdict === 'string') return { n, s: 'refused', why: verdict }
        const outcome = await box.keep(verdict)
        if (outcome === 'campaign-closed') throw new RefusalError(403, 'campaign-closed', 'this campaign is closed')
        return { n, s: 'kept' }
      }),
    )
    return { v: PROTOCOL_VERSION, results }
  })
}

async function judge(
  cid: Uint8Array,
  manifest: Manifest,
  item: BoxItem,
  keyOf: (modulus: string) => KeyObject,
): Promise<Delivery | ItemRefusal> {
  const [input, signature] = [exactBytes(item.input), exactBytes(item.sig)]
  const lane = ticketLane('outer', cid, input)
  if (!isLane(lane)) return 'ticket-invalid'
  const issuerKey = manifest.lanes[lane]?.issuerKey
  if (!issuerKey) return 'lane-unknown'
  if (!(await verifyTicket(keyOf(issuerKey), input, signature))) return 'ticket-invalid'
  const sealed = Buffer.concat([exactBytes(item.enc), exactBytes(item.ct)])
  return { cid, lane, nf: nullifierNow(input), sealed }
}
