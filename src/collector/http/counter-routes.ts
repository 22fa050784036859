import type { FastifyInstance } from 'fastify'
import { concat, sha256, toBase64Url } from '#protocol/bytes'
import {
  type CodesRequest,
  codesMessage,
  type EnrolRequest,
  enrolmentHash,
  type RefillRequest,
  refillMessage,
  type StateRequest,
  stateMessage,
  type TotalsRequest,
  totalsMessage,
} from '#protocol/counter'
import { bangkokDay, bangkokHour } from '#protocol/day'
import { PROTOCOL_VERSION, type Refusal } from '#protocol/messages'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { signedByTablet, type Tablet } from '../issuer/tablets.ts'
import { type Clock, campaignIssuing, campaignOrRefuse, issueClosed } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import type { RateLimits } from './rate-limits.ts'
import { RefusalError } from './refusal.ts'
import { CODES_SCHEMA, ENROL_SCHEMA, REFILL_SCHEMA, STATE_SCHEMA, TOTALS_SCHEMA } from './schemas.ts'
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
  addTotalsRoute(app, issuer, now, limits)
}

function addTabletRoutes(app: FastifyInstance, issuer: IssuerStore, now: Clock, limits: RateLimits): void {
  const refilling = { schema: { body: REFILL_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: RefillRequest }>('/v1/wallet', refilling, async ({ body }) => {
    const tablet = await tabletThatAsks(issuer, body, refillMessage(body), now)
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
    const tablet = await tabletThatAsks(issuer, body, codesMessage(body), now)
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

/** What a tablet asks and tells of itself; a revoked one, too, still delivers what it has sealed. */
function addTotalsRoute(app: FastifyInstance, issuer: IssuerStore, now: Clock, limits: RateLimits): void {
  const asking = { schema: { body: STATE_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: StateRequest }>('/v1/tablet', asking, async ({ body }) => {
    const { state } = await tabletThatSigned(issuer, body, stateMessage(body))
    return { v: PROTOCOL_VERSION, revoked: state === 'revoked' }
  })

  const telling = { schema: { body: TOTALS_SCHEMA }, preHandler: limits.issue }
  app.post<{ Body: TotalsRequest }>('/v1/totals', telling, async ({ body }) => {
    await campaignOrRefuse(issuer, exactBytes(body.cid))
    const { tid } = await tabletThatSigned(issuer, body, totalsMessage(body))
    await issuer.tablets.tell(tid, body, bangkokHour(now()))
    return { v: PROTOCOL_VERSION, told: true }
  })
}

/** The tablet of a signed request, while its campaign gives out tickets. Throws the refusal otherwise. */
async function tabletThatAsks(
  issuer: IssuerStore,
  body: StateRequest,
  message: Uint8Array,
  now: Clock,
): Promise<Tablet> {
  const { issuing } = await campaignIssuing(issuer, exactBytes(body.cid), now)
  const tablet = await tabletThatSigned(issuer, body, message)
  if (issuing !== 'issuing') throw issueClosed()
  return tablet
}

async function tabletThatSigned(issuer: IssuerStore, body: StateRequest, message: Uint8Array): Promise<Tablet> {
  const tablet = await issuer.tablets.find(exactBytes(body.tablet))
  const signed = tablet?.key && signedByTablet(tablet.key, message, exactBytes(body.sig))
  if (!tablet || !signed || !tablet.cid.equals(exactBytes(body.cid))) throw refusal('tablet-unknown')
  return tablet
}

function refusal(reason: keyof typeof SAYS): RefusalError {
  const [status, message] = SAYS[reason]
  return new RefusalError(status, reason, message)
}
