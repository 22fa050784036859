import { createHash, randomBytes } from 'node:crypto'
import { fromBase64Url } from '#protocol/bytes'

/** Without a request for so long a session ends (product.md: a desk in an open office). */
export const IDLE_MS = 15 * 60_000
/** And after a working day in any case. */
const LONGEST_MS = 12 * 3_600_000
/** How long a proof opens, exports and prints. */
const PROVEN_MS = 5 * 60_000

const TOKEN_BYTES = 32
/** More at a time is nobody's office. */
const MOST_SESSIONS = 1000

export interface Session {
  readonly account: Buffer
  readonly began: number
  seen: number
  /** When a passkey or a password was last shown. */
  provenAt: number
  /** Requests it has sent. */
  readonly requests: Set<string>
}

/** Who is signed in, in memory only: a restart signs everybody out, and no backup holds a way in. */
export class Sessions {
  readonly #now: () => number
  readonly #byHash = new Map<string, Session>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** A session with a proof of this moment. Answers the token for the cookie. */
  begin(account: Buffer): string {
    this.#forgetOld()
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const now = this.#now()
    this.#byHash.set(hashOf(token), { account, began: now, seen: now, provenAt: now, requests: new Set() })
    return token
  }

  /** The session of a cookie, seen now; null when it ended. */
  find(token: string | undefined): Session | null {
    if (!token || !fromBase64Url(token, TOKEN_BYTES)) return null
    const session = this.#byHash.get(hashOf(token))
    if (!session || this.#isOver(session)) return null
    session.seen = this.#now()
    return session
  }

  end(token: string | undefined): void {
    if (token) this.#byHash.delete(hashOf(token))
  }

  /** Ends all sessions of an account. */
  endAllOf(account: Buffer): void {
    for (const [hash, session] of this.#byHash) if (session.account.equals(account)) this.#byHash.delete(hash)
  }

  prove(session: Session): void {
    session.provenAt = this.#now()
  }

  /** How long the last proof is still good, ms; 0 when it is not. */
  provenForMs({ provenAt }: Session): number {
    return Math.max(0, provenAt + PROVEN_MS - this.#now())
  }

  #isOver({ seen, began }: Session): boolean {
    const now = this.#now()
    return now - seen > IDLE_MS || now - began > LONGEST_MS
  }

  #forgetOld(): void {
    for (const [hash, session] of this.#byHash) if (this.#isOver(session)) this.#byHash.delete(hash)
    const [oldest] = this.#byHash.keys()
    if (this.#byHash.size >= MOST_SESSIONS && oldest) this.#byHash.delete(oldest)
  }
}

/** A memory image holds no way in. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
