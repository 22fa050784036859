import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Lane } from '#protocol/lane'

/** Bytes of a key, and of what is kept under it. */
export const INTAKE_SIZES = { secret: 32, tag: 16, mark: 16, nonce: 12, seal: 16, nullifier: 32 } as const

/** A response as it came: the name of its spent ticket, and what is sealed. */
export interface IntakeRow {
  readonly nf: Uint8Array
  readonly sealed: Uint8Array
}

/**
 * What hides a running round from whoever has the database without this key: a spent ticket's name is kept as a keyed tag, and
 * a response with that name under AES-256-GCM. A key belongs to one campaign and one epoch. The next epoch's key is derived
 * from it and not the other way round, so that several collectors move on together without telling each other, and a key that
 * was thrown away stays away.
 */
export class IntakeKey {
  readonly cid: Uint8Array
  /** 0 for the first. */
  readonly epoch: number
  readonly #secret: Uint8Array
  readonly #tags: KeyObject
  readonly #rows: KeyObject
  /** Tells this key from another without telling it; stored in the database. 16 bytes. */
  readonly mark: Buffer

  /** `secret`: 32 bytes. */
  constructor(cid: Uint8Array, epoch: number, secret: Uint8Array) {
    this.cid = cid
    this.epoch = epoch
    this.#secret = secret
    this.#tags = createSecretKey(derive(secret, cid, 'tag'))
    this.#rows = createSecretKey(derive(secret, cid, 'row'))
    this.mark = derive(secret, cid, 'mark').subarray(0, INTAKE_SIZES.mark)
  }

  /** A key that nobody has. */
  static make(cid: Uint8Array): IntakeKey {
    return new IntakeKey(cid, 0, randomBytes(INTAKE_SIZES.secret))
  }

  /** The key of the epoch that comes next. */
  next(): IntakeKey {
    return new IntakeKey(this.cid, this.epoch + 1, derive(this.#secret, this.cid, 'next'))
  }

  /** The secret itself, to be written to a key file and nowhere else. */
  secret(): Uint8Array {
    return this.#secret
  }

  /** Stands for a spent ticket's name (32 bytes) while the round runs; 16 bytes. */
  tag(nf: Uint8Array): Buffer {
    return createHmac('sha256', this.#tags).update(nf).digest().subarray(0, INTAKE_SIZES.tag)
  }

  /** Seals a response for a lane of this campaign. Rows of one size stay of one size. */
  close(lane: Lane, { nf, sealed }: IntakeRow): Buffer {
    const nonce = randomBytes(INTAKE_SIZES.nonce)
    const cipher = createCipheriv('aes-256-gcm', this.#rows, nonce).setAAD(this.#about(lane))
    return Buffer.concat([nonce, cipher.update(nf), cipher.update(sealed), cipher.final(), cipher.getAuthTag()])
  }

  /** Opens what `close` made. Throws when it was made with another key, for another lane, or altered since. */
  open(lane: Lane, row: Buffer): IntakeRow {
    const { nonce, seal, nullifier } = INTAKE_SIZES
    const decipher = createDecipheriv('aes-256-gcm', this.#rows, row.subarray(0, nonce)).setAAD(this.#about(lane))
    decipher.setAuthTag(row.subarray(-seal))
    const plain = Buffer.concat([decipher.update(row.subarray(nonce, -seal)), decipher.final()])
    return { nf: plain.subarray(0, nullifier), sealed: plain.subarray(nullifier) }
  }

  #about(lane: Lane): Buffer {
    return Buffer.concat([this.cid, Buffer.from(lane)])
  }
}

function derive(secret: Uint8Array, cid: Uint8Array, what: 'tag' | 'row' | 'mark' | 'next'): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, cid, `ita/intake/${what}/v1`, INTAKE_SIZES.secret))
}
