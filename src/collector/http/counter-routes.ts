import type { FastifyInstance } from 'fastify'
import { concat, sha256, toBase64Url } from '#protocol/bytes'
import { type EnrolRequest, enrolmentHash, type RefillRequest, refillMessage } from '#protocol/counter'
import { bangkokDay } from '#protocol/day'
import { PROTOCOL_VERSION, type Refusal } from '#protocol/messages'
import { blindSign } from '../issuer/blind-sign.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { signedByTablet } from '../issuer/tablets.ts'
import { type Clock, campaignIssuing, issueClosed } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import type { RateLimits } from './rate-limits.ts'
import { RefusalError } from './refusal.ts'
import { ENROL_SCHEMA, REFILL_SCHEMA } from './schemas.ts'

const SAYS = {
  'enrolment-unknown': [403, 'this link enrols no tablet'],
  'enrolment-used': [409, 'this link has enrolled another tablet'],
  'tablet-unknown': [403, 'this tablet is not enrolled'],
  'tablet-revoked': [403, 'this tablet was revoked'],
  'quota-used': [403, 'no more tickets today'],
} as const satisfies Partial<Record<Refusal, readonly [number, string]>>

/** Tablets: enrolled once by a link, then given blind tickets, a day's quota at most. */
export function addCounterRoutes(app: FastifyInstance, issuer: IssuerStore, now: Clock, limits: RateLimits): void {
  const enrolling = { schema: { body: ENROL_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: EnrolRequest }>('/v1/enrol', enrolling, async (request) => {
    const cid = exactBytes(request.body.cid)
    await campaignIssuing(issuer, cid, now)
    const token = await enrolmentHash(cid, exactBytes(request.body.token))
    const outcome = await issuer.tablets.enrol(token, exactBytes(request.body.key))
    if (outcome === 'enrolment-unknown') await limits.countWrongCode(request)
    if (typeof outcome === 'string') throw refusal(outcome)
    const { tid, lane, point, quota } = outcome
    return { v: PROTOCOL_VERSION, tablet: toBase64Url(tid), lane, point, quota }
  })

  const refilling = { schema: { body: REFILL_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: RefillRequest }>('/v1/wallet', refilling, async ({ body }) => {
    const [cid, tid] = [exactBytes(body.cid), exactBytes(body.tablet)]
    const { issuing } = await campaignIssuing(issuer, cid, now)
    const tablet = await issuer.tablets.find(tid)
    const signed = tablet?.key && signedByTablet(tablet.key, refillMessage(body), exactBytes(body.sig))
    if (!tablet || !signed || !tablet.cid.equals(cid)) throw refusal('tablet-unknown')
    const key = await issuer.signingKey(cid, tablet.lane)
    if (!key || issuing !== 'issuing') throw issueClosed()
    const blinded = body.blinded.map(exactBytes)
    // signed before it is counted: a message that cannot be signed costs no quota
    const signatures = blinded.map((message) => signOrRefuse(() => blindSign(key, message)))
    const hash = await sha256(concat(...blinded))
    const outcome = await issuer.tablets.grant(tid, blinded.length, hash, bangkokDay(now()))
    if (outcome !== 'granted') throw refusal(outcome)
    return { v: PROTOCOL_VERSION, signatures: signatures.map(toBase64Url) }
  })
}

function refusal(reason: keyof typeof SAYS): RefusalError {
  const [status, message] = SAYS[reason]
  return new RefusalError(status, reason, message)
}

function signOrRefuse(sign: () => Uint8Array): Uint8Array {
  try {
    return sign()
  } catch (error) {
    if (error instanceof RangeError) throw new RefusalError(400, 'bad-request', 'not a blinded message')
    throw error
  }
}
