import { SeededRandom } from '#cli/seeded-random'
import { concat, toBase64Url } from '#protocol/bytes'
import type { Campaign, Manifest } from '#protocol/manifest'
import { encodePayload } from '#protocol/payload'
import { makeBoxKeys, makeOpener, seal } from '#protocol/sealed-box'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { makeResponseOpener } from '#results/open-responses'
import { ScorecardBuilder } from '#results/scorecard'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { perSecond, report } from './rate.ts'

const RESPONSES = 10_000

/** Opening and scoring ten thousand responses, beside bare HPKE opens of the same bytes. */
export async function benchOpening(): Promise<void> {
  const { privateKey, publicKey } = await makeBoxKeys()
  const lanes = { iit: { form: 'iit-2566', issuerKey: '', eligible: RESPONSES } }
  const manifest = {
    cid: toBase64Url(new Uint8Array(SIZES.campaignId)),
    lanes,
    boxKey: toBase64Url(publicKey),
  } as unknown as Manifest
  const campaign: Campaign = { manifest, cid: new Uint8Array(SIZES.campaignId), mh: new Uint8Array(SIZES.manifestHash) }
  console.log(`sealing ${RESPONSES} responses …`)
  const random = new SeededRandom(1)
  const sealed: { enc: Uint8Array<ArrayBuffer>; ct: Uint8Array<ArrayBuffer> }[] = []
  for (let count = 0; count < RESPONSES; count += 1) {
    const payload = {
      v: 1,
      form: 'iit-2566',
      part: 'iit',
      answers: randomAnswers('iit-2566', random),
      coarse: {},
    } as const
    sealed.push(await seal(publicKey, campaign, encodePayload(payload, PADDED_SIZE)))
  }
  const opener = await makeOpener(privateKey, campaign)
  for (const one of sealed.slice(0, 200)) await opener.open(one)
  const bareStarted = performance.now()
  for (const one of sealed) await opener.open(one)
  const bare = perSecond(RESPONSES, bareStarted)
  report('bare HPKE opens', bare)
  const openOne = await makeResponseOpener(campaign, privateKey)
  const builder = new ScorecardBuilder({ iit: 'iit-2566' })
  const started = performance.now()
  for (const { enc, ct } of sealed) {
    const opened = await openOne({ lane: 'iit', sealed: concat(enc, ct) })
    if ('spoiled' in opened) throw new Error(opened.spoiled)
    builder.add(opened.response)
  }
  const card = builder.finish()
  report(
    `opening and scoring ${RESPONSES.toLocaleString('en')} responses`,
    perSecond(card.instruments.iit?.n ?? 0, started),
    { 'bare opens': bare },
  )
}
