import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Doing, may, type OfficeRefusal } from '#protocol/office'
import type { Account } from '../../office/accounts.ts'
import type { Session, Sessions } from '../../office/sessions.ts'
import { RefusalError } from '../refusal.ts'
import type { Office } from './office.ts'

/** Only over TLS, only to this host, never to a script, never along with a request from elsewhere. */
const COOKIE = '__Host-prongsai'
const COOKIE_OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const

/** Somebody signed in, and their request. */
export interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly account: Account
  readonly session: Session
}

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below `/v2/admin`. */
  readonly path: string
  readonly params?: object
  readonly body?: object
  /** Larger than a respondent's, where a paper is saved. */
  readonly bodyLimit?: number
}

/** A route that needs no session: it makes one. */
export interface OpenRoute extends Route {
  readonly who: 'anyone'
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

/** A route for some roles. */
export interface RoleRoute extends Route {
  readonly who?: undefined
  /** What somebody must be allowed to do. */
  readonly may: Doing
  /** Needs a passkey or password shown within the last minutes. */
  readonly proof?: true
  handle(visit: Visit): Promise<unknown>
}

export type AdminRoute = OpenRoute | RoleRoute

/** Requests seen without a session; more than that many old ones are forgotten. */
const MOST_REQUESTS = 10_000

/** Adds the routes, each behind the same gate: host, origin, one-time request, session, role, proof, in this order. */
export function addGated(app: FastifyInstance, office: Office, routes: readonly AdminRoute[]): void {
  const seen = new Set<string>()
  for (const route of routes) {
    const { method, path, params, body, bodyLimit } = route
    const schema = { ...(params ? { params } : {}), ...(body ? { body } : {}) }
    app.route({
      method,
      url: `/v2/admin${path}`,
      schema,
      ...(bodyLimit ? { bodyLimit } : {}),
      async onRequest(request) {
        refuseElsewhere(office, request)
        if (route.who !== 'anyone') await visitorOf(office, request)
      },
      async handler(request, reply) {
        if (route.who === 'anyone') {
          refuseRepeated(request, seen)
          return route.handle(request, reply)
        }
        const { account, session } = await visitorOf(office, request)
        if (!may(account, route.may)) throw refusal(403, 'not-allowed')
        if (route.proof && office.sessions.provenForMs(session) === 0) throw refusal(403, 'prove-again')
        refuseRepeated(request, session.requests)
        return route.handle({ request, reply, account, session })
      },
    })
  }
}

/** Signs in: a new session, and its cookie. */
export function beginSession(sessions: Sessions, request: FastifyRequest, reply: FastifyReply, account: Account): void {
  sessions.end(request.cookies[COOKIE])
  reply.setCookie(COOKIE, sessions.begin(account.id), COOKIE_OPTIONS)
}

/** Signs out. */
export function endSession(sessions: Sessions, request: FastifyRequest, reply: FastifyReply): void {
  sessions.end(request.cookies[COOKIE])
  reply.clearCookie(COOKIE, COOKIE_OPTIONS)
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
  const session = sessions.find(request.cookies[COOKIE])
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
