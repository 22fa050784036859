import { createHmac, randomBytes } from 'node:crypto'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RefusalError } from './refusal.ts'

type Check = (request: FastifyRequest) => Promise<void>

/**
 * What is limited in five minutes. A right code, a valid ticket and a tablet's own signature are looked at first and always
 * pass: an office, or a whole telephone company, may share one address, and one phone in it must not keep the others out.
 * Counted and refused is only what is wrong, by address, and the same right thing asked for over and over, by that thing.
 */
export interface RateLimits {
  /** A code, a link or a tablet that nobody knows. Guessing is hopeless anyway; this keeps the attempt cheap. */
  readonly wrong: Check
  /** A delivery of which nothing has a valid ticket. */
  readonly junk: Check
  /** Exchanges of one code: each costs two signatures. */
  readonly sameCode: Check
  /** Requests that one tablet signed. */
  readonly sameTablet: Check
  readonly challenge: Check
  /** Tickets for whoever scans a poster: a phone makes its code itself, so nothing about it is right or wrong. */
  readonly poster: Check
  /** Signing in to the survey team's room; this machine's own requests count, too. */
  readonly signIn: Check
}

const WINDOW_MS = 5 * 60_000

const MOST = { wrong: 100, junk: 600, sameCode: 30, sameTablet: 600, challenge: 60, poster: 30, signIn: 60 } as const

/** The machine itself: its administrator's commands. Behind a proxy requests carry the address the proxy saw. */
const OWN_ADDRESSES = new Set(['127.0.0.1', '::1'])

/** Addresses and codes that are remembered at a time. */
const MOST_KEYS = 20_000

/**
 * Rate limits in memory only, under a hash with a key that lives as long as the process: nothing that is kept, not even in a
 * memory image of yesterday, names an address or a code.
 */
export async function makeRateLimits(app: FastifyInstance): Promise<RateLimits> {
  const secret = randomBytes(32)
  const hashed = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  const byAddress = (request: FastifyRequest) => hashed(normalizeIP(request.ip))
  const byMember = (member: string) => (request: FastifyRequest) =>
    hashed(String((request.body as Readonly<Record<string, unknown>>)[member]))
  await app.register(rateLimit, { global: false, timeWindow: WINDOW_MS, keyGenerator: byAddress, cache: MOST_KEYS })

  const limiter = (
    what: keyof RateLimits,
    keyGenerator: (request: FastifyRequest) => string = byAddress,
    allowList: (request: FastifyRequest) => boolean = isOwn,
  ): Check => {
    const limit = app.createRateLimit({ max: MOST[what], timeWindow: WINDOW_MS, keyGenerator, allowList })
    return async (request) => {
      const state = await limit(request)
      if (!state.isAllowed && state.isExceeded)
        throw new RefusalError(429, 'too-many-requests', 'too many requests', 60)
    }
  }
  const everybody = () => false
  return {
    wrong: limiter('wrong'),
    junk: limiter('junk'),
    sameCode: limiter('sameCode', byMember('code'), everybody),
    sameTablet: limiter('sameTablet', byMember('tablet'), everybody),
    challenge: limiter('challenge'),
    poster: limiter('poster'),
    signIn: limiter('signIn', byAddress, everybody),
  }
}

/** A request that a proxy passed on is not the machine's own, even where the proxy was forgotten at the start. */
function isOwn(request: FastifyRequest): boolean {
  return OWN_ADDRESSES.has(request.ip) && request.headers['x-forwarded-for'] === undefined
}
