import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type GenericSchema, is } from 'valibot'
import { PROTOCOL_VERSION } from '#protocol/messages'
import { type Doing, may, type OfficeRefusal } from '#protocol/office'
import {
  type AnswerOf,
  type BodyOf,
  OFFICE_API,
  type OfficeApi,
  type OfficeCall,
  type OfficeFileCall,
  type ParamsOf,
} from '#protocol/office-api'
import { OFFICE_PARAMS } from '#protocol/office-shapes'
import type { Account } from '../../office/accounts.ts'
import type { Session, Sessions } from '../../office/sessions.ts'
import { RefusalError } from '../refusal.ts'
import type { Office } from './office.ts'

/** Never to a script, never along with a request from elsewhere. */
const COOKIE_OPTIONS = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** Only over TLS, only to this host. */
const OVER_TLS = { name: '__Host-prongsai', options: { ...COOKIE_OPTIONS, secure: true } } as const
/** A machine tried out on itself has no TLS, and Safari keeps no such cookie there, without a word. */
const ON_THIS_MACHINE = { name: 'prongsai', options: { ...COOKIE_OPTIONS, secure: false } } as const

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

function cookieFor({ protocol, headers }: FastifyRequest) {
  return protocol === 'http' && LOOPBACK.test(headers.host ?? '') ? ON_THIS_MACHINE : OVER_TLS
}

/** A request, with what its call brings. */
export interface Asked<C extends OfficeCall> {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly params: ParamsOf<C>
  readonly body: BodyOf<C>
}

/** Somebody signed in, and their request. */
export interface Visit<C extends OfficeCall = OfficeCall> extends Asked<C> {
  readonly account: Account
  readonly session: Session
}

/** What a handler answers with; the gate adds the version. A file it sends itself. */
type Handled<C extends OfficeCall> = C extends OfficeFileCall ? FastifyReply : AnswerOf<C>

/** What is done for a call: calls that make a session get no visitor. */
export type Handler<C extends OfficeCall> = (
  asked: OfficeApi[C]['may'] extends 'anyone' ? Asked<C> : Visit<C>,
) => Promise<Handled<C>>

export type Handlers<C extends OfficeCall = OfficeCall> = { readonly [K in C]: Handler<K> }

/** Requests seen without a session; more than that many old ones are forgotten. */
const MOST_REQUESTS = 10_000

/** Adds all calls, each behind the same gate: host, origin, session, role, proof, shape, one-time request, in this order. */
export function addGated(app: FastifyInstance, office: Office, handlers: Handlers): void {
  const seen = new Set<string>()
  for (const call of Object.keys(OFFICE_API) as OfficeCall[]) {
    const rules: CallRules = OFFICE_API[call]
    const [method, path] = call.split(' ') as ['GET' | 'POST' | 'PUT', string]
    const handle = handlers[call] as (asked: Asked<OfficeCall> | Visit) => Promise<object>
    app.route({
      method,
      url: `/v2/admin${path}`,
      ...(rules.bodyLimit ? { bodyLimit: rules.bodyLimit } : {}),
      async onRequest(request) {
        refuseElsewhere(office, request)
        if (rules.may !== 'anyone') await visitorOf(office, request)
      },
      async handler(request, reply) {
        const visitor = rules.may === 'anyone' ? null : await allowedVisitor(office, request, rules.may, rules.proof)
        const asked = { request, reply, ...broughtBy(request, rules.body) }
        refuseRepeated(request, visitor?.session.requests ?? seen)
        const answer = await handle({ ...asked, ...visitor })
        return answer === reply ? reply : { v: PROTOCOL_VERSION, ...answer }
      },
    })
  }
}

/** Who is signed in, if they may do this and have proven who they are where that is asked. */
async function allowedVisitor(office: Office, request: FastifyRequest, doing: Doing, proof = false) {
  const visitor = await visitorOf(office, request)
  if (!may(visitor.account, doing)) throw refusal(403, 'not-allowed')
  if (proof && office.sessions.provenForMs(visitor.session) === 0) throw refusal(403, 'prove-again')
  return visitor
}

/** What a call's line in the table may say, whichever call it is. */
interface CallRules {
  readonly may: Doing | 'anyone'
  readonly proof?: true
  readonly body?: GenericSchema
  readonly bodyLimit?: number
}

/** Path and body, exactly as the table describes them. */
function broughtBy(
  request: FastifyRequest,
  shape: GenericSchema | undefined,
): Pick<Asked<OfficeCall>, 'params' | 'body'> {
  const params = request.params as Readonly<Record<string, string>>
  const right = Object.entries(params).every(([name, value]) =>
    is(OFFICE_PARAMS[name as keyof typeof OFFICE_PARAMS], value),
  )
  if (!right || (shape && !is(shape, request.body))) throw refusal(400, 'bad-request')
  return { params, body: request.body } as Pick<Asked<OfficeCall>, 'params' | 'body'>
}

/** Signs in: a new session, and its cookie. */
export function beginSession(sessions: Sessions, request: FastifyRequest, reply: FastifyReply, account: Account): void {
  const { name, options } = cookieFor(request)
  sessions.end(request.cookies[name])
  reply.setCookie(name, sessions.begin(account.id), options)
}

/** Signs out. */
export function endSession(sessions: Sessions, request: FastifyRequest, reply: FastifyReply): void {
  const { name, options } = cookieFor(request)
  sessions.end(request.cookies[name])
  reply.clearCookie(name, options)
}

/** Where this browser believes to be. */
export function originOf({ origin }: Office, request: FastifyRequest): string {
  return origin ?? `${request.protocol}://${request.headers.host ?? ''}`
}

/** A refusal whose message is its name: people read the words of the locales. */
export function refusal(status: number, reason: OfficeRefusal, retryAfterSeconds?: number): RefusalError {
  return new RefusalError(status, reason, reason, retryAfterSeconds)
}

async function visitorOf(
  { sessions, here }: Office,
  request: FastifyRequest,
): Promise<Pick<Visit, 'account' | 'session'>> {
  const session = sessions.find(request.cookies[cookieFor(request).name])
  const account = session && (await here.office.accounts.find(session.account))
  if (!session || !account) throw refusal(401, 'not-signed-in')
  return { account, session }
}

/** The room has one address; a page of another one, even on this machine, gets nothing and changes nothing. */
function refuseElsewhere(office: Office, request: FastifyRequest): void {
  const own = originOf(office, request)
  // the header itself: what a proxy passes on beside it, anybody can write
  if (!URL.canParse(own) || new URL(own).host !== request.headers.host) throw refusal(404, 'other-host')
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const changes = request.method !== 'GET'
  if (changes && origin !== own) throw refusal(403, 'other-origin')
  if (site !== undefined && site !== 'same-origin' && (changes || site !== 'none')) throw refusal(403, 'other-origin')
}

/** Every change carries a name of its own: sent twice, by a double tap or by somebody who recorded it, it is done once. */
function refuseRepeated(request: FastifyRequest, seen: Set<string>): void {
  if (request.method === 'GET') return
  const id = request.headers['x-request-id']
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{22}$/.test(id)) throw refusal(409, 'replayed')
  if (seen.has(id)) throw refusal(409, 'replayed')
  const [oldest] = seen
  if (seen.size >= MOST_REQUESTS && oldest) seen.delete(oldest)
  seen.add(id)
}
