import { SeededRandom } from '#cli/demo/seeded-random'
import { readSigningKey } from '#collector/issuer/blind-sign'
import { makeLaneKeys } from '#collector/issuer/signing-keys'
import { documentOf } from '#instruments/years'
import { concat, toBase64Url } from '#protocol/bytes'
import type { Campaign, Manifest } from '#protocol/manifest'
import { encodePayload, type InnerTicket } from '#protocol/payload'
import { makeBoxKeys, makeOpener, seal } from '#protocol/sealed-box'
import { PADDED_SIZE, SIZES } from '#protocol/sizes'
import { makeTicketVerifier } from '#protocol/ticket'
import { makeResponseOpener } from '#results/open-responses'
import { hashesOf } from '#results/round-forms'
import { ScorecardBuilder } from '#results/scorecard'
import { formsOfLanes, TEST_YEAR } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { innerTicket } from './inner-tickets.ts'
import { perSecond, report } from './rate.ts'

const RESPONSES = 10_000

/** Opening and scoring ten thousand responses, beside bare HPKE opens of the same bytes. */
export async function benchOpening(): Promise<void> {
  const { privateKey, publicKey } = await makeBoxKeys()
  const { rows, moduli } = await makeLaneKeys()
  const inner = rows.find(({ kind }) => kind === 'inner')?.pkcs8
  if (!inner) throw new Error('no keys')
  const signing = { inner: readSigningKey(inner) }
  const { instruments, forms } = await hashesOf(documentOf(TEST_YEAR))
  const form = forms['iit-2566']
  const lanes = { iit: { form, issuerKey: moduli.outer, innerKey: moduli.inner, eligible: RESPONSES } }
  const manifest = {
    cid: toBase64Url(new Uint8Array(SIZES.campaignId)),
    instruments,
    lanes,
    boxKey: toBase64Url(publicKey),
  } as unknown as Manifest
  const campaign: Campaign = { manifest, cid: new Uint8Array(SIZES.campaignId), mh: new Uint8Array(SIZES.manifestHash) }
  console.log(`sealing ${RESPONSES} responses …`)
  const random = new SeededRandom(1)
  const sealed: { enc: Uint8Array<ArrayBuffer>; ct: Uint8Array<ArrayBuffer> }[] = []
  const tickets: InnerTicket[] = []
  for (let count = 0; count < RESPONSES; count += 1) {
    const ticket = await innerTicket(campaign, signing)
    tickets.push(ticket)
    const payload = {
      v: 2,
      form: 'iit-2566',
      part: 'iit',
      answers: randomAnswers('iit-2566', random),
      coarse: {},
    } as const
    sealed.push(await seal(publicKey, campaign, encodePayload(payload, ticket, PADDED_SIZE)))
  }
  const opener = await makeOpener({ privateKey, publicKey }, campaign)
  for (const one of sealed.slice(0, 200)) await opener.open(one)
  const bareStarted = performance.now()
  for (const one of sealed) await opener.open(one)
  const bare = perSecond(RESPONSES, bareStarted)
  report('(a) bare HPKE opens', bare)
  const both = await bareOpensAndChecks()
  report('(b) bare HPKE opens, each with a bare RSA check', both, { '(a)': bare })
  const openOne = await makeResponseOpener(campaign, privateKey)
  const builder = new ScorecardBuilder(formsOfLanes('iit'))
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
    { '(a)': bare, '(b)': both },
  )

  async function bareOpensAndChecks(): Promise<number> {
    const verify = await makeTicketVerifier(moduli.inner)
    const began = performance.now()
    for (const [at, one] of sealed.entries()) {
      await opener.open(one)
      const ticket = tickets[at]
      if (!ticket || !(await verify(ticket.input, ticket.sig))) throw new Error('a ticket does not verify')
    }
    return perSecond(RESPONSES, began)
  }
}
