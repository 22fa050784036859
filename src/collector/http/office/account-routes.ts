import { randomBytes } from 'node:crypto'
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { toBase64Url } from '#protocol/bytes'
import type { Role } from '#protocol/office'
import { tidyWords } from '#protocol/shapes'
import type { Credentials } from '../../office/accounts.ts'
import { isCommonPassword } from '../../office/common-password.ts'
import { hashPassword, makeTotpSecret, totpStep, totpUri } from '../../office/password.ts'
import type { RateLimits } from '../rate-limits.ts'
import { bytesOf, Challenges } from './challenges.ts'
import { type AdminRoute, beginSession, originOf, refusal } from './gate.ts'
import type { Office } from './office.ts'
import { ACCOUNT_PARAMS, INVITE, JOIN_OPTIONS, JOIN_PASSKEY, JOIN_PASSWORD } from './schemas.ts'

/** An invitation is carried across a corridor, not kept. */
const INVITATION_LIFE_MS = 24 * 3_600_000

/** Somebody may have to find and install an authenticator app first. */
const JOINING_LIFE_MS = 30 * 60_000

/** Ed25519, P-256, RSA: what passkeys are made with. Named, because the library's own list tries what Node calls experimental. */
const ALGORITHMS = [-8, -7, -257] as const

/** What the authenticator apps and password managers show. */
const ISSUER = 'Prongsai'

/** Somebody who opened an invitation and is choosing how to sign in. */
interface Joining {
  readonly id: Buffer
  readonly name: string
  readonly totp: string
}

interface JoinBody {
  readonly token: string
  readonly challenge: string
  readonly response: RegistrationResponseJSON
  readonly password: string
  readonly code: string
}

/** Joining by a link that is good once, and who is in the team. */
export function accountRoutes(office: Office, limits: RateLimits): AdminRoute[] {
  const joining = new Challenges<Joining>(office.now, JOINING_LIFE_MS)
  const joinBy = (path: string, body: object, credentialsOf: CredentialsOf): AdminRoute => ({
    method: 'POST',
    path,
    who: 'anyone',
    body,
    async handle(request, reply) {
      await limits.signIn(request)
      return join(office, joining, request, reply, credentialsOf)
    },
  })
  return [
    {
      method: 'POST',
      path: '/join/options',
      who: 'anyone',
      body: JOIN_OPTIONS,
      async handle(request) {
        await limits.signIn(request)
        return beginJoining(office, joining, request)
      },
    },
    joinBy('/join/passkey', JOIN_PASSKEY, (request, body) => passkeyOfResponse(office, request, body)),
    joinBy('/join/password', JOIN_PASSWORD, async (_request, { password, code }, { totp, name }) => {
      if (isCommonPassword(password, name)) throw refusal(409, 'password-common')
      const step = totpStep(totp, code, office.now())
      return step === null ? null : { password: { hash: await hashPassword(password), totp, step } }
    }),
    ...teamRoutes(office),
  ]
}

type CredentialsOf = (request: FastifyRequest, body: JoinBody, joins: Joining) => Promise<Credentials | null>

async function beginJoining(office: Office, joining: Challenges<Joining>, request: FastifyRequest) {
  const { token, name: typed } = request.body as { token: string; name: string }
  // one normal form, nothing invisible: names stand in the log, and are told apart there by looking
  const name = tidyWords(typed)
  if (name === '') throw refusal(400, 'bad-request')
  const role = await office.here.office.accounts.invitation(token, office.now())
  if (!role) throw refusal(403, 'invitation-unknown')
  // told now, not after a passkey was made for a name that is taken
  if (await office.here.office.accounts.isTaken(name)) throw refusal(409, 'name-taken')
  const totp = makeTotpSecret()
  const id = randomBytes(16)
  const challenge = joining.add({ id, name, totp })
  const options = await generateRegistrationOptions({
    rpName: ISSUER,
    rpID: new URL(originOf(office, request)).hostname,
    userName: name,
    userDisplayName: name,
    userID: new Uint8Array(id),
    challenge: bytesOf(challenge),
    supportedAlgorithmIDs: [...ALGORITHMS],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { v: 1, role, challenge, options, totp, totpUri: totpUri(totp, name, ISSUER) }
}

async function join(
  office: Office,
  joining: Challenges<Joining>,
  request: FastifyRequest,
  reply: FastifyReply,
  credentialsOf: CredentialsOf,
) {
  const body = request.body as JoinBody
  const joins = joining.look(body.challenge)?.value
  if (!joins) throw refusal(403, 'join-over')
  const credentials = await credentialsOf(request, body, joins)
  if (!credentials) throw refusal(401, 'wrong-credentials')
  const account = await office.here.office.accounts.join(body.token, office.now(), joins, credentials)
  if (account === 'name-taken') throw refusal(409, account)
  if (account === 'invitation-unknown') throw refusal(403, account)
  joining.take(body.challenge)
  await office.here.acts.write({ by: account.name, act: 'account-joined', facts: { role: account.role } })
  beginSession(office.sessions, request, reply, account)
  return { v: 1, name: account.name, role: account.role }
}

async function passkeyOfResponse(
  office: Office,
  request: FastifyRequest,
  { challenge, response }: JoinBody,
): Promise<Credentials | null> {
  const expectedOrigin = originOf(office, request)
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID: new URL(expectedOrigin).hostname,
    supportedAlgorithmIDs: [...ALGORITHMS],
    requireUserVerification: true,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo) return null
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential
  return { passkey: { id, publicKey: new Uint8Array(publicKey), counter, transports } }
}

function teamRoutes(office: Office): AdminRoute[] {
  const { accounts } = office.here.office
  const { acts } = office.here
  return [
    {
      method: 'GET',
      path: '/accounts',
      may: 'run',
      async handle() {
        const all = await accounts.all()
        const views = all.map(async ({ id, name, role }) => {
          const { passkeys, password } = await accounts.waysOf(id)
          return { id: toBase64Url(id), name, role, passkeys: passkeys.length, password }
        })
        const invitations = await accounts.openInvitations(office.now())
        return { v: 1, accounts: await Promise.all(views), invitations }
      },
    },
    ...invitationRoutes(office),
    {
      method: 'POST',
      path: '/accounts/:id/remove',
      may: 'run',
      proof: true,
      params: ACCOUNT_PARAMS,
      async handle({ request, account }) {
        const id = Buffer.from((request.params as { id: string }).id, 'base64url')
        const leaving = await accounts.find(id)
        const outcome = await accounts.remove(id)
        if (outcome === 'account-unknown') throw refusal(404, outcome)
        if (outcome === 'last-admin') throw refusal(409, outcome)
        office.sessions.endAllOf(id)
        await acts.write({ by: account.name, act: 'account-removed', facts: { name: leaving?.name ?? '' } })
        return { v: 1 }
      },
    },
  ]
}

function invitationRoutes(office: Office): AdminRoute[] {
  const { accounts } = office.here.office
  const { acts } = office.here
  return [
    {
      method: 'POST',
      path: '/invitations',
      may: 'run',
      proof: true,
      body: INVITE,
      async handle({ request, account }) {
        const { role } = request.body as { role: Role }
        await acts.write({ by: account.name, act: 'account-invited', facts: { role } })
        const token = await accounts.invite(role, office.now() + INVITATION_LIFE_MS, account.id)
        return { v: 1, link: invitationLink(originOf(office, request), token) }
      },
    },
    {
      method: 'POST',
      path: '/invitations/withdraw',
      may: 'run',
      async handle({ account }) {
        await acts.write({ by: account.name, act: 'invitations-withdrawn' })
        await accounts.withdrawInvitations()
        return { v: 1 }
      },
    },
  ]
}

/** The link of an invitation: the token is in the fragment, which no server and no log ever sees. */
export function invitationLink(origin: string, token: string): string {
  return `${origin}/admin/#join.${token}`
}
