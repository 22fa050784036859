import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret, TOTP } from 'otpauth'

/** OWASP's first choice for argon2id: 46 MiB, one pass. */
const COST = { memory: 47_104, passes: 1, parallelism: 1 } as const
const TAG_BYTES = 32

const STEP_SECONDS = 30

/** Hash of a password as a PHC string, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt)
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`
}

/** Compared with when there is no such account, so that it takes as long. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether this is the password of a hash; without a hash the same work, and false. */
export async function isPassword(hash: string | null, password: string): Promise<boolean> {
  const [, , , , salt = '', tag = ''] = (hash ?? NOBODY).split('$')
  const expected = Buffer.from(tag, 'base64')
  const found = await derive(password, Buffer.from(salt, 'base64'))
  return timingSafeEqual(found, expected) && hash !== null
}

/** A fresh secret for one-time codes, base32. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What an authenticator app scans. */
export function totpUri(secret: string, name: string, issuer: string): string {
  return totpOf(secret, name, issuer).toString()
}

/**
 * The time step of a one-time code, or null when it is wrong. One step to each side, because phones' clocks differ
 * (RFC 6238, 5.2). Callers refuse a step that was used: a code seen over a shoulder is good for nothing.
 */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  const timestamp = nowMs
  const delta = totpOf(secret, '', '').validate({ token: code, window: 1, timestamp })
  return delta === null ? null : Math.floor(nowMs / 1000 / STEP_SECONDS) + delta
}

function totpOf(secret: string, label: string, issuer: string): TOTP {
  return new TOTP({ issuer, label, secret, digits: 6, period: STEP_SECONDS, algorithm: 'SHA1' })
}

/** Somebody floods the sign-in: nobody is looked at until there is room. */
export class SignInBusy extends Error {
  constructor() {
    super('too many passwords are being checked')
    this.name = 'SignInBusy'
  }
}

/** So many may wait; each takes about 50 ms. */
const LONGEST_QUEUE = 8

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * One password at a time. Their derivation shares the four threads on which tickets are checked: unbounded, anybody without
 * an account could keep all deliveries waiting. Throws a SignInBusy when too many wait already.
 */
async function derive(password: string, nonce: Buffer): Promise<Buffer> {
  if (waiting >= LONGEST_QUEUE) throw new SignInBusy()
  waiting += 1
  const mine = last.then(() => deriveNow(password, nonce))
  last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    waiting -= 1
  }
}

async function deriveNow(password: string, nonce: Buffer): Promise<Buffer> {
  // NFC, because Thai typed on two keyboards may arrive in two normal forms
  const message = Buffer.from(password.normalize('NFC'))
  return promisify(argon2)('argon2id', { message, nonce, ...COST, tagLength: TAG_BYTES })
}

function bare(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
