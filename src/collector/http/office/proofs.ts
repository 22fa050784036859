import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import type { FastifyRequest } from 'fastify'
import { tidyWords } from '#protocol/shapes'
import type { Account, Passkey } from '../../office/accounts.ts'
import { isPassword, totpStep } from '../../office/password.ts'
import type { RateLimits } from '../rate-limits.ts'
import { bytesOf, Challenges } from './challenges.ts'
import { type Asked, originOf, refusal } from './gate.ts'
import type { Office } from './office.ts'

type ByPasskey = Pick<Asked<'POST /sign-in/passkey'>, 'request' | 'body'>
type ByPassword = Pick<Asked<'POST /sign-in/password'>, 'request' | 'body'>

/** Wrong tries in a row that the log is told of. */
const LOGGED_EVERY = 5

/** Proofs of who somebody is: a passkey, or a password with a one-time code. Wrong ones are all answered alike. */
export class Proofs {
  readonly #office: Office
  readonly #limits: RateLimits
  readonly #challenges: Challenges<null>

  constructor(office: Office, limits: RateLimits) {
    this.#office = office
    this.#limits = limits
    this.#challenges = new Challenges(office.now)
  }

  /** What the browser asks a passkey to sign; which one, the person chooses. */
  async options(request: FastifyRequest) {
    const challenge = this.#challenges.add(null)
    const rpID = new URL(originOf(this.#office, request)).hostname
    const asked = { rpID, userVerification: 'required', challenge: bytesOf(challenge) } as const
    return { challenge, options: await generateAuthenticationOptions(asked) }
  }

  /** A right answer always passes; wrong ones are counted by address, unless a session is open already. */
  async byPasskey({ request, body }: ByPasskey, from: 'session' | 'anywhere' = 'anywhere'): Promise<Account> {
    const { accounts } = this.#office.here.office
    const { challenge } = body
    const response = body.response as unknown as AuthenticationResponseJSON
    const known = this.#challenges.take(challenge) && (await accounts.passkey(String(response.id)))
    const counter = known ? await this.#verified(request, challenge, response, known.passkey) : null
    if (!known || counter === null) {
      if (from === 'anywhere') await this.#limits.signIn(request)
      throw await this.#refused(1)
    }
    await accounts.countPasskey(known.passkey.id, counter)
    return known.account
  }

  /**
   * `place` is where wrong tries are counted: an address, or a session that is open already. Looking at a password costs what
   * nobody may make us pay for ever, so tries from one address are limited before they are looked at; a session's are not.
   */
  async byPassword({ request, body }: ByPassword, place?: string): Promise<Account> {
    if (place === undefined) await this.#limits.signIn(request)
    return this.#byPassword(body, place ?? request.ip)
  }

  async #byPassword({ name: typed, password, code }: ByPassword['body'], place: string): Promise<Account> {
    const { attempts, here, now } = this.#office
    const { accounts } = here.office
    const name = tidyWords(typed)
    const waitMs = attempts.waitMs(name, place)
    if (waitMs > 0) throw refusal(429, 'wait', Math.ceil(waitMs / 1000))
    // counted before it is looked at: a thousand at once are a thousand
    const tries = attempts.wrong(name, place)
    const known = await accounts.password(name)
    const right = await isPassword(known?.hash ?? null, password)
    const step = known && right ? totpStep(known.totp, code, now()) : null
    if (!known || step === null || !(await accounts.takeStep(known.account.id, step))) throw await this.#refused(tries)
    attempts.right(name, place)
    return known.account
  }

  /** The passkey's own counter, or null when it does not answer this challenge. */
  async #verified(
    request: FastifyRequest,
    expectedChallenge: string,
    response: AuthenticationResponseJSON,
    credential: Passkey,
  ): Promise<number | null> {
    const expectedOrigin = originOf(this.#office, request)
    const expectedRPID = new URL(expectedOrigin).hostname
    const expected = { expectedChallenge, expectedOrigin, expectedRPID, requireUserVerification: true }
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({ response, credential, ...expected })
      return verified ? authenticationInfo.newCounter : null
    } catch {
      return null
    }
  }

  /** Written down when it begins to look like guessing: a log that anybody could fill says nothing. */
  async #refused(tries: number): Promise<Error> {
    if (tries % LOGGED_EVERY === 0) await this.#office.here.acts.write({ by: 'room', act: 'sign-in-refused' })
    return refusal(401, 'wrong-credentials')
  }
}
