import { expect, it, onTestFinished } from 'vitest'
import { BoxProofs } from '#collector/http/box-proofs'
import { openStores } from '#collector/installation/data-folder'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { openerFor } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { type MadeRound, makeRound } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** As a holder's program answers a challenge. */
async function answered({ campaign, privateKey }: MadeRound, asked: { challenge: string; enc: string; ct: string }) {
  const opener = await openerFor(campaign, privateKey, 'challenge')
  const enc = fromBase64Url(asked.enc, SIZES.encapsulatedKey) as Uint8Array<ArrayBuffer>
  const ct = new Uint8Array(Buffer.from(asked.ct, 'base64url'))
  return { challenge: asked.challenge, proof: toBase64Url(await opener.open({ enc, ct })) }
}

it('a challenge is good once, for its own round and for a minute, however many others were asked for meanwhile', async () => {
  const stores = await openStores(tempFolder())
  onTestFinished(() => stores.end())
  const [one, other] = [await makeRound(stores), await makeRound(stores)]
  let now = Date.now()
  const proofs = new BoxProofs(() => now)
  const first = await answered(one, await proofs.challenge(one.campaign))
  for (let more = 0; more < 2000; more += 1) await proofs.challenge(other.campaign)
  expect(() => proofs.take(other.campaign, first)).toThrow('does not answer')
  const wrong = { ...first, proof: toBase64Url(new Uint8Array(32)) }
  expect(() => proofs.take(one.campaign, wrong)).toThrow('does not answer')
  proofs.take(one.campaign, first)
  expect(() => proofs.take(one.campaign, first)).toThrow('does not answer')
  const late = await answered(one, await proofs.challenge(one.campaign))
  now += 60_001
  expect(() => proofs.take(one.campaign, late)).toThrow('does not answer')
})
