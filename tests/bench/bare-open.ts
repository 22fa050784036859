import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

export interface BareWork {
  readonly key: Uint8Array<ArrayBuffer>
  readonly info: Uint8Array<ArrayBuffer>
  readonly aad: Uint8Array<ArrayBuffer>
  /** Encapsulated key ‖ ciphertext, one after the other. */
  readonly rows: Uint8Array<ArrayBuffer>
  readonly rowBytes: number
}

const ENC_BYTES = 65

/** Nothing but HPKE: what any program needs at least to open these rows. Answers how many. */
export async function openBare({ key, info, aad, rows, rowBytes }: BareWork): Promise<number> {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const recipientKey = await suite.kem.deserializePrivateKey(key)
  let opened = 0
  for (let at = 0; at < rows.length; at += rowBytes) {
    const enc = rows.slice(at, at + ENC_BYTES)
    await suite.open({ recipientKey, enc, info }, rows.slice(at + ENC_BYTES, at + rowBytes), aad)
    opened += 1
  }
  return opened
}
