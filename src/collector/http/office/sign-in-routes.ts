import { toBase64Url } from '#protocol/bytes'
import type { SignedIn } from '#protocol/office'
import type { Account } from '../../office/accounts.ts'
import { IDLE_MS } from '../../office/sessions.ts'
import type { RateLimits } from '../rate-limits.ts'
import { type AdminRoute, beginSession, endSession, refusal, type Visit } from './gate.ts'
import type { Office } from './office.ts'
import { Proofs } from './proofs.ts'
import { SIGN_IN_PASSKEY, SIGN_IN_PASSWORD } from './schemas.ts'

/** Signing in and out, and proving again who one is: by passkey, or by password and one-time code. */
export function signInRoutes(office: Office, limits: RateLimits): AdminRoute[] {
  const proofs = new Proofs(office, limits)
  const { acts } = office.here
  const signedIn = async (account: Account) => {
    await acts.write({ by: account.name, act: 'signed-in' })
    return { v: 1, name: account.name, role: account.role }
  }

  return [
    {
      method: 'POST',
      path: '/sign-in/options',
      who: 'anyone',
      handle: (request) => proofs.options(request),
    },
    {
      method: 'POST',
      path: '/sign-in/passkey',
      who: 'anyone',
      body: SIGN_IN_PASSKEY,
      async handle(request, reply) {
        const account = await proofs.byPasskey(request)
        beginSession(office.sessions, request, reply, account)
        return signedIn(account)
      },
    },
    {
      method: 'POST',
      path: '/sign-in/password',
      who: 'anyone',
      body: SIGN_IN_PASSWORD,
      async handle(request, reply) {
        const account = await proofs.byPassword(request)
        beginSession(office.sessions, request, reply, account)
        return signedIn(account)
      },
    },
    ...sessionRoutes(office, proofs),
  ]
}

function sessionRoutes(office: Office, proofs: Proofs): AdminRoute[] {
  const { sessions } = office
  const proven = async (visit: Visit, shown: Account) => {
    // somebody else's passkey on the same machine proves nothing about this session
    if (!shown.id.equals(visit.account.id)) throw refusal(401, 'wrong-credentials')
    sessions.prove(visit.session)
    return { v: 1, ...stateOf(office, visit) }
  }
  return [
    {
      method: 'GET',
      path: '/session',
      may: 'look',
      handle: async (visit) => ({ v: 1, ...stateOf(office, visit) }),
    },
    {
      method: 'POST',
      path: '/sign-out',
      may: 'look',
      async handle({ request, reply }) {
        endSession(sessions, request, reply)
        return { v: 1 }
      },
    },
    { method: 'POST', path: '/prove/options', may: 'look', handle: ({ request }) => proofs.options(request) },
    {
      method: 'POST',
      path: '/prove/passkey',
      may: 'look',
      body: SIGN_IN_PASSKEY,
      handle: async (visit) => proven(visit, await proofs.byPasskey(visit.request, 'session')),
    },
    {
      method: 'POST',
      path: '/prove/password',
      may: 'look',
      body: SIGN_IN_PASSWORD,
      handle: async (visit) => {
        // in an open session a stranger's tries elsewhere count for nothing
        const place = `session of ${toBase64Url(visit.account.id)}`
        return proven(visit, await proofs.byPassword(visit.request, place))
      },
    },
  ]
}

function stateOf({ sessions }: Office, { account, session }: Visit): SignedIn {
  const id = toBase64Url(account.id)
  return { id, name: account.name, role: account.role, provenForMs: sessions.provenForMs(session), idleMs: IDLE_MS }
}
