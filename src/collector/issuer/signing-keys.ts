import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { Kysely } from 'kysely'
import type { Lane } from '#protocol/lane'
import { TICKET_KINDS, type TicketKind } from '#protocol/ticket'
import { readSigningKey, type SigningKey } from './blind-sign.ts'
import type { IssuerSchema } from './issuer-schema.ts'

/** The two keys of a lane: for tickets outside the seal, and for those inside it. */
export type LaneSigningKeys = Readonly<Record<TicketKind, SigningKey>>

/** A lane's fresh keys, not stored yet. */
export interface NewKeys {
  readonly rows: readonly { readonly kind: TicketKind; readonly pkcs8: Buffer }[]
  /** Moduli, base64url, for the manifest. */
  readonly moduli: Readonly<Record<TicketKind, string>>
}

/** Makes both keys of a lane (RSA-3072, used for nothing else). */
export async function makeLaneKeys(): Promise<NewKeys> {
  const made = await Promise.all(
    TICKET_KINDS.map(async (kind) => {
      const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072, publicExponent: 65537 })
      const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
      return { kind, pkcs8, modulus: readSigningKey(pkcs8).modulus.toString('base64url') }
    }),
  )
  const modulusOf = (kind: TicketKind) => made.find((one) => one.kind === kind)?.modulus ?? ''
  return {
    rows: made.map(({ kind, pkcs8 }) => ({ kind, pkcs8 })),
    moduli: { outer: modulusOf('outer'), inner: modulusOf('inner') },
  }
}

/** Signing keys, parsed once and remembered as long as they are stored. */
export class SigningKeys {
  readonly #db: Kysely<IssuerSchema>
  readonly #parsed = new Map<string, LaneSigningKeys>()

  constructor(db: Kysely<IssuerSchema>) {
    this.#db = db
  }

  /** The keys of a lane, or null after closing: another process may have destroyed them just now. */
  async of(cid: Uint8Array, lane: Lane): Promise<LaneSigningKeys | null> {
    const name = `${Buffer.from(cid).toString('hex')} ${lane}`
    const stored = this.#db.selectFrom('keys').where('cid', '=', Buffer.from(cid)).where('lane', '=', lane)
    const known = this.#parsed.get(name)
    if (known && (await stored.select('lane').executeTakeFirst())) return known
    this.#parsed.delete(name)
    const rows = await stored.select(['kind', 'pkcs8']).execute()
    const [outer, inner] = TICKET_KINDS.map((kind) => rows.find((row) => row.kind === kind))
    if (!outer || !inner) return null
    const keys = { outer: readSigningKey(outer.pkcs8), inner: readSigningKey(inner.pkcs8) }
    this.#parsed.set(name, keys)
    return keys
  }

  /** Forgets what was parsed: the keys are destroyed. */
  forget(): void {
    this.#parsed.clear()
  }
}
