import { createHmac, randomBytes } from 'node:crypto'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RefusalError } from './refusal.ts'

type Check = (request: FastifyRequest) => Promise<void>

/** What one address may do in five minutes. */
export interface RateLimits {
  readonly issue: Check
  readonly deliver: Check
  readonly challenge: Check
  /** Tickets for whoever scans a poster. */
  readonly poster: Check
  /** Signing in to the survey team's room; this machine's own requests count, too. */
  readonly signIn: Check
  /** A code that nobody printed. Guessing 115 bits is hopeless anyway; this keeps the attempt from costing anything. */
  readonly countWrongCode: Check
}

const WINDOW_MS = 5 * 60_000

/** An office behind one address: 300 phones in five minutes, each trying four times, and room. A waiting hall's own network: thirty posters scanned. */
const MOST = { issue: 1500, deliver: 6000, challenge: 60, wrongCode: 100, poster: 30, signIn: 60 } as const

/** The machine itself: its administrator's commands. Behind a proxy requests carry the address the proxy saw. */
const OWN_ADDRESSES = new Set(['127.0.0.1', '::1'])

/**
 * Rate limits in memory only, under a hash of the address with a key that lives as long as the process: nothing that is
 * kept, not even in a memory image of yesterday, names an address.
 */
export async function makeRateLimits(app: FastifyInstance): Promise<RateLimits> {
  const key = randomBytes(32)
  const hashed = (request: FastifyRequest) =>
    createHmac('sha256', key).update(normalizeIP(request.ip)).digest('base64url')
  await app.register(rateLimit, { global: false, timeWindow: WINDOW_MS, keyGenerator: hashed, cache: 20_000 })

  const limiter = (max: number, allowList: (request: FastifyRequest) => boolean = isOwn) => {
    const limit = app.createRateLimit({ max, timeWindow: WINDOW_MS, allowList })
    return async (request: FastifyRequest, increment: boolean) => {
      const state = await limit(request, { increment })
      if (!state.isAllowed && state.isExceeded)
        throw new RefusalError(429, 'too-many-requests', 'too many requests', 60)
    }
  }
  const [issue, deliver] = [limiter(MOST.issue), limiter(MOST.deliver)]
  const [challenge, wrongCode, poster] = [limiter(MOST.challenge), limiter(MOST.wrongCode), limiter(MOST.poster)]
  const signIn = limiter(MOST.signIn, () => false)
  return {
    async issue(request) {
      await wrongCode(request, false)
      await issue(request, true)
    },
    deliver: (request) => deliver(request, true),
    challenge: (request) => challenge(request, true),
    poster: (request) => poster(request, true),
    signIn: (request) => signIn(request, true),
    countWrongCode: (request) => wrongCode(request, true),
  }
}

/** A request that a proxy passed on is not the machine's own, even where the proxy was forgotten at the start. */
function isOwn(request: FastifyRequest): boolean {
  return OWN_ADDRESSES.has(request.ip) && request.headers['x-forwarded-for'] === undefined
}
