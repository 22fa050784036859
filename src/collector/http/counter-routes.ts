import type { FastifyInstance, FastifyRequest } from 'fastify'
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
  app.post<{ Body: EnrolRequest }>('/v2/enrol', { schema: { body: ENROL_SCHEMA } }, async (request) => {
    const cid = exactBytes(request.body.cid)
    await campaignIssuing(issuer, cid, now)
    const token = await enrolmentHash(cid, exactBytes(request.body.token))
    const outcome = await issuer.tablets.enrol(token, exactBytes(request.body.key))
    if (outcome === 'enrolment-unknown') await limits.wrong(request)
    if (typeof outcome === 'string') throw refusal(outcome)
    const { tid, lane, point, quota } = outcome
    return { v: PROTOCOL_VERSION, enrolment: { tablet: toBase64Url(tid), lane, point, quota } }
  })

  addTabletRoutes(app, { issuer, now, limits })
  addTotalsRoute(app, { issuer, now, limits })
}

/** What a tablet's request is held against. */
interface Counter {
  readonly issuer: IssuerStore
  readonly now: Clock
  readonly limits: RateLimits
}

function addTabletRoutes(app: FastifyInstance, at: Counter): void {
  const { issuer, now } = at
  app.post<{ Body: RefillRequest }>('/v2/wallet', { schema: { body: REFILL_SCHEMA } }, async (request, reply) => {
    reply.header('connection', 'close')
    const { body } = request
    const tablet = await tabletThatAsks(at, request, refillMessage(body))
    const keys = await issuer.keys.of(tablet.cid, tablet.lane)
    if (!keys) throw issueClosed()
    const blinded = body.blinded.flatMap(({ outer, inner }) => [exactBytes(outer), exactBytes(inner)])
    const hash = await sha256(concat(...blinded))
    const ask = { what: 'tickets', count: body.blinded.length, hash, day: bangkokDay(now()) } as const
    // looked at before it costs signatures; counted after them: a message that cannot be signed costs no quota
    const seen = await issuer.tablets.look(tablet.tid, ask)
    if (seen !== 'granted') throw refusal(seen)
    const signed = body.blinded.map((pair) => signOrRefuse(keys, pair))
    const outcome = await issuer.tablets.grant(tablet.tid, ask)
    if (outcome !== 'granted') throw refusal(outcome)
    return { v: PROTOCOL_VERSION, signed }
  })

  app.post<{ Body: CodesRequest }>('/v2/codes', { schema: { body: CODES_SCHEMA } }, async (request) => {
    const { body } = request
    const tablet = await tabletThatAsks(at, request, codesMessage(body))
    const hashes = body.hashes.map(exactBytes)
    const hash = await sha256(concat(...hashes))
    const ask = { what: 'codes', count: hashes.length, hash, day: bangkokDay(now()) } as const
    const outcome = await issuer.tablets.grant(tablet.tid, ask)
    if (outcome !== 'granted') throw refusal(outcome)
    await issuer.slips.addForTablet(tablet.cid, tablet.lane, hashes)
    return { v: PROTOCOL_VERSION, registered: hashes.length }
  })
}

/** What a tablet asks and tells of itself; a revoked one, too, still delivers what it has sealed. */
function addTotalsRoute(app: FastifyInstance, at: Counter): void {
  const { issuer, now } = at
  app.post<{ Body: StateRequest }>('/v2/tablet', { schema: { body: STATE_SCHEMA } }, async (request) => {
    const { state } = await tabletThatSigned(at, request, stateMessage(request.body))
    return { v: PROTOCOL_VERSION, revoked: state === 'revoked' }
  })

  app.post<{ Body: TotalsRequest }>('/v2/totals', { schema: { body: TOTALS_SCHEMA } }, async (request) => {
    const { body } = request
    await campaignOrRefuse(issuer, exactBytes(body.cid))
    const { tid } = await tabletThatSigned(at, request, totalsMessage(body))
    await issuer.tablets.tell(tid, body, bangkokHour(now()))
    return { v: PROTOCOL_VERSION, told: true }
  })
}

type Signed = FastifyRequest<{ Body: StateRequest }>

/** The tablet of a signed request, while its campaign gives out tickets. Throws the refusal otherwise. */
async function tabletThatAsks(at: Counter, request: Signed, message: Uint8Array): Promise<Tablet> {
  const { issuing } = await campaignIssuing(at.issuer, exactBytes(request.body.cid), at.now)
  const tablet = await tabletThatSigned(at, request, message)
  if (issuing !== 'issuing') throw issueClosed()
  return tablet
}

/** The signature is looked at first: what is wrong is counted by its address, what a tablet signed by the tablet. */
async function tabletThatSigned({ issuer, limits }: Counter, request: Signed, message: Uint8Array): Promise<Tablet> {
  const { body } = request
  const tablet = await issuer.tablets.find(exactBytes(body.tablet))
  const signed = tablet?.key && signedByTablet(tablet.key, message, exactBytes(body.sig))
  if (!tablet || !signed || !tablet.cid.equals(exactBytes(body.cid))) {
    await limits.wrong(request)
    throw refusal('tablet-unknown')
  }
  await limits.sameTablet(request)
  return tablet
}

function refusal(reason: keyof typeof SAYS): RefusalError {
  const [status, message] = SAYS[reason]
  return new RefusalError(status, reason, message)
}
