import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Role } from '#protocol/office'
import { allOrNothing } from '../storage/all-or-nothing.ts'
import type { OfficeSchema } from './office-schema.ts'

export interface Account {
  readonly id: Buffer
  readonly name: string
  readonly role: Role
}

/** A passkey as the verifying library takes it. */
export interface Passkey {
  readonly id: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly counter: number
  readonly transports: string[]
}

/** How somebody who joins will sign in. */
export type Credentials =
  | { readonly passkey: Passkey }
  | { readonly password: { readonly hash: string; readonly totp: string; readonly step: number } }

export interface StoredPassword {
  readonly account: Account
  readonly hash: string
  readonly totp: string
}

/** Who else acts in the log, in one spelling. */
const OF_THE_LOG: readonly string[] = ['room', 'collector', 'holders of the key']

/** A name as it is compared: two that look alike must not stand for two people in the log. */
function spelling(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

const TOKEN_BYTES = 32

/** The survey team: who may do what, and how each signs in. */
export class Accounts {
  readonly #db: Kysely<OfficeSchema>

  constructor(db: Kysely<OfficeSchema>) {
    this.#db = db
  }

  /** Everybody, by name. */
  async all(): Promise<Account[]> {
    return this.#db.selectFrom('accounts').selectAll().orderBy('name').execute()
  }

  async find(id: Uint8Array): Promise<Account | null> {
    const query = this.#db.selectFrom('accounts').selectAll().where('id', '=', Buffer.from(id))
    return (await query.executeTakeFirst()) ?? null
  }

  /** Whether anybody can administer at all; until then a link of the maintainer's makes the first one. */
  async hasAdmin(): Promise<boolean> {
    return (await this.all()).some(({ role }) => role === 'admin')
  }

  /** A link's token, good once and until then. Only its hash is kept. */
  async invite(role: Role, untilMs: number, by: Buffer | null = null): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    await this.#db
      .insertInto('invitations')
      .values({ hash: hashOf(token), role, until: untilMs, by })
      .execute()
    return token
  }

  /** The role a token is for; null when it is used, too old or nobody's. */
  async invitation(token: string, nowMs: number): Promise<Role | null> {
    const query = this.#db.selectFrom('invitations').selectAll().where('hash', '=', hashOf(token))
    const row = await query.executeTakeFirst()
    return row && row.until > nowMs ? row.role : null
  }

  /** Invitations nobody has used, without their tokens. */
  async openInvitations(nowMs: number): Promise<{ readonly role: Role; readonly until: number }[]> {
    const query = this.#db.selectFrom('invitations').select(['role', 'until']).where('until', '>', nowMs)
    return query.orderBy('until').execute()
  }

  /** Makes every open invitation worthless. */
  async withdrawInvitations(): Promise<void> {
    await this.#db.deleteFrom('invitations').execute()
  }

  /** Whether a name is somebody's, or the log's own. */
  async isTaken(name: string): Promise<boolean> {
    const own = spelling(name)
    return OF_THE_LOG.includes(own) || (await this.all()).some((account) => spelling(account.name) === own)
  }

  /** Forgets invitations for administrators: at each start the maintainer gets one that is new. */
  async withdrawAdminInvitations(): Promise<void> {
    await this.#db.deleteFrom('invitations').where('role', '=', 'admin').execute()
  }

  /** Takes a token for a new account, once. */
  async join(
    token: string,
    nowMs: number,
    { id, name }: Pick<Account, 'id' | 'name'>,
    credentials: Credentials,
  ): Promise<Account | 'invitation-unknown' | 'name-taken'> {
    return allOrNothing(this.#db, async (tx) => {
      const hash = hashOf(token)
      const row = await tx.selectFrom('invitations').selectAll().where('hash', '=', hash).executeTakeFirst()
      if (!row || row.until <= nowMs) return 'invitation-unknown'
      const names = await tx.selectFrom('accounts').select('name').execute()
      if (names.some((one) => spelling(one.name) === spelling(name))) return 'name-taken'
      await tx.deleteFrom('invitations').where('hash', '=', hash).execute()
      const account = { id, name, role: row.role }
      await tx.insertInto('accounts').values(account).execute()
      if ('passkey' in credentials) {
        const { id: passkey, publicKey, counter, transports } = credentials.passkey
        const facts = { id: passkey, account: id, counter, transports: transports.join() }
        await tx
          .insertInto('passkeys')
          .values({ ...facts, public_key: Buffer.from(publicKey) })
          .execute()
      } else {
        const { hash: password, totp, step } = credentials.password
        await tx.insertInto('passwords').values({ account: id, hash: password, totp, last_step: step }).execute()
      }
      return account
    })
  }

  /** Takes an account away with everything it signs in by; the last administrator stays. */
  async remove(id: Uint8Array): Promise<'removed' | 'account-unknown' | 'last-admin'> {
    const account = Buffer.from(id)
    return allOrNothing(this.#db, async (tx) => {
      const all = await tx.selectFrom('accounts').selectAll().execute()
      const found = all.find((one) => one.id.equals(account))
      if (!found) return 'account-unknown'
      const admins = all.filter(({ role }) => role === 'admin')
      if (found.role === 'admin' && admins.length === 1) return 'last-admin'
      await tx.deleteFrom('accounts').where('id', '=', account).execute()
      await tx.deleteFrom('passkeys').where('account', '=', account).execute()
      await tx.deleteFrom('passwords').where('account', '=', account).execute()
      // a way back in, made before leaving
      await tx.deleteFrom('invitations').where('by', '=', account).execute()
      return 'removed'
    })
  }

  /** A passkey and whose it is. */
  async passkey(id: string): Promise<{ readonly passkey: Passkey; readonly account: Account } | null> {
    const row = await this.#db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst()
    const account = row && (await this.find(row.account))
    if (!row || !account) return null
    const transports = row.transports === '' ? [] : row.transports.split(',')
    return { passkey: { id, publicKey: new Uint8Array(row.public_key), counter: row.counter, transports }, account }
  }

  /** What the passkey's own counter says now: a copy of it would fall behind. */
  async countPasskey(id: string, counter: number): Promise<void> {
    await this.#db.updateTable('passkeys').set({ counter }).where('id', '=', id).execute()
  }

  /** The password of an account by its name. */
  async password(name: string): Promise<StoredPassword | null> {
    const row = await this.#db
      .selectFrom('passwords')
      .innerJoin('accounts', 'accounts.id', 'passwords.account')
      .selectAll()
      .where('accounts.name', '=', name)
      .executeTakeFirst()
    return row ? { account: { id: row.id, name: row.name, role: row.role }, hash: row.hash, totp: row.totp } : null
  }

  /** Takes a time step's code, once; false when this one or a later one was used. */
  async takeStep(account: Uint8Array, step: number): Promise<boolean> {
    const query = this.#db
      .updateTable('passwords')
      .set({ last_step: step })
      .where('account', '=', Buffer.from(account))
      .where('last_step', '<', step)
    return (await query.executeTakeFirst()).numUpdatedRows > 0n
  }

  /** How somebody signs in. */
  async waysOf(account: Uint8Array): Promise<{ readonly passkeys: string[]; readonly password: boolean }> {
    const id = Buffer.from(account)
    const passkeys = await this.#db.selectFrom('passkeys').select('id').where('account', '=', id).execute()
    const password = await this.#db.selectFrom('passwords').select('account').where('account', '=', id).execute()
    return { passkeys: passkeys.map((row) => row.id), password: password.length > 0 }
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update('ita/invite/v1').update(token).digest()
}
