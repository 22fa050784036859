import { describe, expect, it } from 'vitest'
import { toBase64Url } from '#protocol/bytes'
import { KeyError, readKeyShareFile } from '#protocol/key-file'
import { commitmentsTo, joinKey, splitKey, unwrapShare, wrapShare } from '#protocol/key-share'
import { makeBoxKeys } from '#protocol/sealed-box'

const context = { cid: new Uint8Array(16).fill(1), mh: new Uint8Array(16).fill(2) }

describe('key shares', () => {
  it('open with any two of three, and tell every mistake apart', async () => {
    const { privateKey, publicKey } = await makeBoxKeys()
    const shares = await splitKey(privateKey, 3, 2)
    const round = {
      cid: toBase64Url(context.cid),
      mh: toBase64Url(context.mh),
      boxKey: toBase64Url(publicKey),
    }
    const commitments = await commitmentsTo(shares)
    const place = (index: number) => ({ ...round, threshold: 2, shares: 3, index, commitments })
    const files = await Promise.all(shares.map((share, index) => wrapShare(share, place(index + 1), `รหัส${index}`)))
    const [a, b, c] = await Promise.all(files.map((file, index) => unwrapShare(file, `รหัส${index}`)))
    const [fa, fb, fc3] = files
    if (!a || !b || !c || !fa || !fb || !fc3) throw new Error('shares missing')
    for (const [pair, opened] of [
      [
        [fa, fb],
        [a, b],
      ],
      [
        [fa, fc3],
        [a, c],
      ],
      [
        [fc3, fb],
        [c, b],
      ],
    ] as const) {
      expect(await joinKey([...pair], [...opened], round)).toEqual(privateKey)
    }
    const faultOf = (promise: Promise<unknown>) =>
      promise.then(
        () => 'none',
        (error: KeyError) => error.fault,
      )
    expect(await faultOf(joinKey([fa], [a], round))).toBe('too-few-shares')
    expect(await faultOf(joinKey([], [], round))).toBe('too-few-shares')
    expect(await faultOf(joinKey([fa, fa], [a, a], round))).toBe('same-share-twice')
    expect(await faultOf(joinKey([fa, fb], [a, b], { ...round, cid: 'other' }))).toBe('other-campaign')
    expect(await faultOf(joinKey([fa, fb], [a, b], { ...round, mh: 'other' }))).toBe('other-manifest')
    expect(await faultOf(joinKey([fa, fb], [a, b], { ...round, boxKey: 'other' }))).toBe('other-manifest')
    expect(await faultOf(unwrapShare(fa, 'ผิด'))).toBe('wrong-passphrase')
    expect(await faultOf(unwrapShare({ ...fa, index: 2 }, 'รหัส0'))).toBe('wrong-passphrase')
    expect(() => readKeyShareFile({ ...fa, kdf: { ...fa.kdf, N: 2 ** 30 } })).toThrow(KeyError)
    expect(() => readKeyShareFile(null)).toThrow(KeyError)
    expect(() => readKeyShareFile({ ...fa, more: 1 })).toThrow(KeyError)
    expect(() => readKeyShareFile({ ...fa, threshold: 4 })).toThrow(KeyError)
    expect(() => readKeyShareFile({ ...fa, commitments: [] })).toThrow(KeyError)
  })

  it('that were altered are named, also where their own file agrees with them', async () => {
    const { privateKey, publicKey } = await makeBoxKeys()
    const shares = await splitKey(privateKey, 3, 2)
    const round = { cid: toBase64Url(context.cid), mh: toBase64Url(context.mh), boxKey: toBase64Url(publicKey) }
    const commitments = await commitmentsTo(shares)
    const place = (index: number) => ({ ...round, threshold: 2, shares: 3, index, commitments })
    const altered = new Uint8Array(shares[1] as Uint8Array)
    altered[5] = (altered[5] ?? 0) ^ 1
    const [first, second] = await Promise.all([
      wrapShare(shares[0] as Uint8Array, place(1), 'หนึ่ง'),
      wrapShare(altered, place(2), 'สอง'),
    ])
    const given = [shares[0] as Uint8Array<ArrayBuffer>, altered]
    await expect(joinKey([first, second], given, round)).rejects.toMatchObject({ fault: 'share-altered', index: 2 })
    // a holder who alters the commitment, too, is contradicted by everybody else's file
    const own = await commitmentsTo([shares[0] as Uint8Array, altered, shares[2] as Uint8Array])
    const agreeing = await wrapShare(altered, { ...place(2), commitments: own }, 'สอง')
    await expect(joinKey([first, agreeing], given, round)).rejects.toMatchObject({ fault: 'files-disagree', index: 2 })
  })
})
