import { toBase64Url } from '#protocol/bytes'
import type { SignedIn } from '#protocol/office'
import type { Account } from '../../office/accounts.ts'
import { IDLE_MS } from '../../office/sessions.ts'
import type { RateLimits } from '../rate-limits.ts'
import { beginSession, endSession, type Handlers, refusal, type Visit } from './gate.ts'
import type { Office } from './office.ts'
import { Proofs } from './proofs.ts'

/** Signing in and out, and proving again who one is: by passkey, or by password and one-time code. */
export function signInRoutes(office: Office, limits: RateLimits) {
  const proofs = new Proofs(office, limits)
  const signIn = async (account: Account, { request, reply }: Pick<Visit, 'request' | 'reply'>) => {
    beginSession(office.sessions, request, reply, account)
    await office.here.acts.write({ by: account.name, act: 'signed-in' })
    return { name: account.name, role: account.role }
  }
  return {
    'POST /sign-in/options': ({ request }) => proofs.options(request),
    async 'POST /sign-in/passkey'(asked) {
      return signIn(await proofs.byPasskey(asked), asked)
    },
    async 'POST /sign-in/password'(asked) {
      return signIn(await proofs.byPassword(asked), asked)
    },
    ...sessionRoutes(office, proofs),
  } satisfies Partial<Handlers>
}

function sessionRoutes(office: Office, proofs: Proofs) {
  const { sessions } = office
  const proven = (visit: Pick<Visit, 'account' | 'session'>, shown: Account) => {
    // somebody else's passkey on the same machine proves nothing about this session
    if (!shown.id.equals(visit.account.id)) throw refusal(401, 'wrong-credentials')
    sessions.prove(visit.session)
    return stateOf(office, visit)
  }
  return {
    'GET /session': async (visit) => stateOf(office, visit),
    async 'POST /sign-out'({ request, reply }) {
      endSession(sessions, request, reply)
      return {}
    },
    'POST /prove/options': ({ request }) => proofs.options(request),
    async 'POST /prove/passkey'(visit) {
      return proven(visit, await proofs.byPasskey(visit, 'session'))
    },
    async 'POST /prove/password'(visit) {
      // in an open session a stranger's tries elsewhere count for nothing
      const place = `session of ${toBase64Url(visit.account.id)}`
      return proven(visit, await proofs.byPassword(visit, place))
    },
  } satisfies Partial<Handlers>
}

function stateOf({ sessions }: Office, { account, session }: Pick<Visit, 'account' | 'session'>): SignedIn {
  const id = toBase64Url(account.id)
  return { id, name: account.name, role: account.role, provenForMs: sessions.provenForMs(session), idleMs: IDLE_MS }
}
