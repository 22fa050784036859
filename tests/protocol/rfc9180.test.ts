import { Aes128Gcm, Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { shake128 } from '@noble/hashes/sha3.js'
import { describe, expect, it } from 'vitest'
import { makeOpener } from '#protocol/sealed-box'
import vectors from './vectors/rfc9180.json' with { type: 'json' }

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (value: ArrayBuffer) => Buffer.from(value).toString('hex')

async function senderOf(aead: Aes128Gcm | Aes256Gcm, vector: { ikmE: string; pkRm: string; info: string }) {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead })
  const ekm = await suite.kem.deriveKeyPair(bytes(vector.ikmE))
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(vector.pkRm))
  return { suite, sender: await suite.createSenderContext({ recipientPublicKey, ekm, info: bytes(vector.info) }) }
}

describe('RFC 9180, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256', () => {
  it('seals to the published bytes of appendix A.3.1 (AES-128-GCM)', async () => {
    const vector = vectors.aes128
    const { suite, sender } = await senderOf(new Aes128Gcm(), vector)
    expect(hex(sender.enc)).toBe(vector.enc)
    expect(hex(await sender.seal(bytes(vector.pt), bytes(vector.aad)))).toBe(vector.ct)
    const recipientKey = await suite.kem.deserializePrivateKey(bytes(vector.skRm))
    const opened = await suite.open(
      { recipientKey, enc: bytes(vector.enc), info: bytes(vector.info) },
      bytes(vector.ct),
      bytes(vector.aad),
    )
    expect(hex(opened)).toBe(vector.pt)
  })

  it('derives the published recipient key and encapsulation of the suite the box uses (AES-256-GCM)', async () => {
    const vector = vectors.aes256
    const { suite, sender } = await senderOf(new Aes256Gcm(), vector)
    const recipient = await suite.kem.deriveKeyPair(bytes(vector.ikmR))
    expect(hex(await suite.kem.serializePrivateKey(recipient.privateKey))).toBe(vector.skRm)
    expect(hex(await suite.kem.serializePublicKey(recipient.publicKey))).toBe(vector.pkRm)
    expect(hex(sender.enc)).toBe(vector.enc)
  })

  it('seals a thousand messages that accumulate to the published digest (AES-256-GCM)', async () => {
    const { sender } = await senderOf(new Aes256Gcm(), vectors.aes256)
    const source = shake128.create({})
    const sink = shake128.create({})
    const draw = () => source.xof(source.xof(1)[0] ?? 0)
    for (let message = 0; message < 1000; message += 1) {
      const aad = draw()
      const text = draw()
      sink.update(new Uint8Array(await sender.seal(text, aad)))
    }
    expect(Buffer.from(sink.xof(16)).toString('hex')).toBe(vectors.aes256.encryptionsAccumulated)
  })

  it('opens nothing that was sealed under another context', async () => {
    const vector = vectors.aes256
    const opener = await makeOpener(
      { privateKey: bytes(vector.skRm), publicKey: bytes(vector.pkRm) },
      { cid: new Uint8Array(16), mh: new Uint8Array(16) },
    )
    await expect(opener.open({ enc: bytes(vector.enc), ct: new Uint8Array(1040) })).rejects.toThrow()
  })
})
