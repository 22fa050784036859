import { randomBytes } from 'node:crypto'
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { toBase64Url } from '#protocol/bytes'
import { tidyWords } from '#protocol/shapes'
import type { Credentials } from '../../office/accounts.ts'
import { isCommonPassword } from '../../office/common-password.ts'
import { hashPassword, makeTotpSecret, totpStep, totpUri } from '../../office/password.ts'
import type { RateLimits } from '../rate-limits.ts'
import { bytesOf, Challenges } from './challenges.ts'
import { type Asked, beginSession, type Handlers, originOf, refusal } from './gate.ts'
import type { Office } from './office.ts'

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

type JoinCall = 'POST /join/passkey' | 'POST /join/password'

/** Joining by a link that is good once, and who is in the team. */
export function accountRoutes(office: Office, limits: RateLimits) {
  const joining = new Challenges<Joining>(office.now, JOINING_LIFE_MS)
  return {
    async 'POST /join/options'(asked) {
      await limits.signIn(asked.request)
      return beginJoining(office, joining, asked)
    },
    async 'POST /join/passkey'(asked) {
      await limits.signIn(asked.request)
      return join(office, joining, asked, () => passkeyOfResponse(office, asked))
    },
    async 'POST /join/password'(asked) {
      await limits.signIn(asked.request)
      const { password, code } = asked.body
      return join(office, joining, asked, async ({ totp, name }) => {
        if (isCommonPassword(password, name)) throw refusal(409, 'password-common')
        const step = totpStep(totp, code, office.now())
        return step === null ? null : { password: { hash: await hashPassword(password), totp, step } }
      })
    },
    ...teamRoutes(office),
    ...invitationRoutes(office),
  } satisfies Partial<Handlers>
}

async function beginJoining(
  office: Office,
  joining: Challenges<Joining>,
  { request, body: { token, name: typed } }: Asked<'POST /join/options'>,
) {
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
  return { role, challenge, options, totp, totpUri: totpUri(totp, name, ISSUER) }
}

async function join(
  office: Office,
  joining: Challenges<Joining>,
  { request, reply, body }: Asked<JoinCall>,
  credentialsOf: (joins: Joining) => Promise<Credentials | null>,
) {
  const joins = joining.look(body.challenge)?.value
  if (!joins) throw refusal(403, 'join-over')
  const credentials = await credentialsOf(joins)
  if (!credentials) throw refusal(401, 'wrong-credentials')
  const account = await office.here.office.accounts.join(body.token, office.now(), joins, credentials)
  if (account === 'name-taken') throw refusal(409, account)
  if (account === 'invitation-unknown') throw refusal(403, account)
  joining.take(body.challenge)
  await office.here.acts.write({ by: account.name, act: 'account-joined', facts: { role: account.role } })
  beginSession(office.sessions, request, reply, account)
  return { name: account.name, role: account.role }
}

async function passkeyOfResponse(
  office: Office,
  { request, body }: Asked<'POST /join/passkey'>,
): Promise<Credentials | null> {
  const expectedOrigin = originOf(office, request)
  const { registrationInfo } = await verifyRegistrationResponse({
    response: body.response as unknown as RegistrationResponseJSON,
    expectedChallenge: body.challenge,
    expectedOrigin,
    expectedRPID: new URL(expectedOrigin).hostname,
    supportedAlgorithmIDs: [...ALGORITHMS],
    requireUserVerification: true,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo) return null
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential
  return { passkey: { id, publicKey: new Uint8Array(publicKey), counter, transports } }
}

function teamRoutes(office: Office) {
  const { accounts } = office.here.office
  return {
    async 'GET /accounts'() {
      const all = await accounts.all()
      const views = all.map(async ({ id, name, role }) => {
        const { passkeys, password } = await accounts.waysOf(id)
        return { id: toBase64Url(id), name, role, passkeys: passkeys.length, password }
      })
      const invitations = await accounts.openInvitations(office.now())
      return { accounts: await Promise.all(views), invitations }
    },
    async 'POST /accounts/:id/remove'({ params, account }) {
      const id = Buffer.from(params.id, 'base64url')
      const leaving = await accounts.find(id)
      const outcome = await accounts.remove(id)
      if (outcome === 'account-unknown') throw refusal(404, outcome)
      if (outcome === 'last-admin') throw refusal(409, outcome)
      office.sessions.endAllOf(id)
      const facts = { name: leaving?.name ?? '' }
      await office.here.acts.write({ by: account.name, act: 'account-removed', facts })
      return {}
    },
  } satisfies Partial<Handlers>
}

function invitationRoutes(office: Office) {
  const { accounts } = office.here.office
  const { acts } = office.here
  return {
    async 'POST /invitations'({ request, body: { role }, account }) {
      await acts.write({ by: account.name, act: 'account-invited', facts: { role } })
      const token = await accounts.invite(role, office.now() + INVITATION_LIFE_MS, account.id)
      return { link: invitationLink(originOf(office, request), token) }
    },
    async 'POST /invitations/withdraw'({ account }) {
      await acts.write({ by: account.name, act: 'invitations-withdrawn' })
      await accounts.withdrawInvitations()
      return {}
    },
  } satisfies Partial<Handlers>
}

/** The link of an invitation: the token is in the fragment, which no server and no log ever sees. */
export function invitationLink(origin: string, token: string): string {
  return `${origin}/admin/#join.${token}`
}
