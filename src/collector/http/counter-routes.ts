import type { FastifyInstance } from 'fastify'
import { concat, sha256, toBase64Url } from '#protocol/bytes'
import {
  type CodesRequest,
  codesMessage,
  type EnrolRequest,
  enrolmentHash,
  type RefillRequest,
  refillMessage,
} from '#protocol/counter'
import { bangkokDay } from '#protocol/day'
import { PROTOCOL_VERSION, type Refusal } from '#protocol/messages'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { signedByTablet, type Tablet } from '../issuer/tablets.ts'
import { type Clock, campaignIssuing, issueClosed } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import type { RateLimits } from './rate-limits.ts'
import { RefusalError } from './refusal.ts'
import { CODES_SCHEMA, ENROL_SCHEMA, REFILL_SCHEMA } from './schemas.ts'
import { signOrRefuse } from './sign-or-refuse.ts'

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

  addTabletRoutes(app, issuer, now, limits)
}

function addTabletRoutes(app: FastifyInstance, issuer: IssuerStore, now: Clock, limits: RateLimits): void {
  const refilling = { schema: { body: REFILL_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: RefillRequest }>('/v1/wallet', refilling, async ({ body }) => {
    const tablet = await tabletThatSigned(issuer, body, refillMessage(body), now)
    const key = await issuer.signingKey(tablet.cid, tablet.lane)
    if (!key) throw issueClosed()
    const blinded = body.blinded.map(exactBytes)
    // signed before it is counted: a message that cannot be signed costs no quota
    const signatures = blinded.map((message) => signOrRefuse(key, message))
    const outcome = await issuer.tablets.grant(
      tablet.tid,
      'tickets',
      blinded.length,
      await sha256(concat(...blinded)),
      bangkokDay(now()),
    )
    if (outcome !== 'granted') throw refusal(outcome)
    return { v: PROTOCOL_VERSION, signatures: signatures.map(toBase64Url) }
  })

  const registering = { schema: { body: CODES_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: CodesRequest }>('/v1/codes', registering, async ({ body }) => {
    const tablet = await tabletThatSigned(issuer, body, codesMessage(body), now)
    const hashes = body.hashes.map(exactBytes)
    const outcome = await issuer.tablets.grant(
      tablet.tid,
      'codes',
      hashes.length,
      await sha256(concat(...hashes)),
      bangkokDay(now()),
    )
    if (outcome !== 'granted') throw refusal(outcome)
    await issuer.slips.addForTablet(tablet.cid, tablet.lane, hashes)
    return { v: PROTOCOL_VERSION, registered: hashes.length }
  })
}

/** The tablet of a signed request, while its campaign gives out tickets. Throws the refusal otherwise. */
async function tabletThatSigned(
  issuer: IssuerStore,
  body: Pick<RefillRequest, 'cid' | 'tablet' | 'sig'>,
  message: Uint8Array,
  now: Clock,
): Promise<Tablet> {
  const cid = exactBytes(body.cid)
  const { issuing } = await campaignIssuing(issuer, cid, now)
  const tablet = await issuer.tablets.find(exactBytes(body.tablet))
  const signed = tablet?.key && signedByTablet(tablet.key, message, exactBytes(body.sig))
  if (!tablet || !signed || !tablet.cid.equals(cid)) throw refusal('tablet-unknown')
  if (issuing !== 'issuing') throw issueClosed()
  return tablet
}

function refusal(reason: keyof typeof SAYS): RefusalError {
  const [status, message] = SAYS[reason]
  return new RefusalError(status, reason, message)
}
