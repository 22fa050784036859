import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { flushOutbox } from '#device/delivery/flush'
import { sealDraft } from '#device/seal'
import { redeemSlip } from '#device/ticket'
import { questionnaire } from '#tests/support/forms.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const N = 100

/** All that can be told apart by length on the wire. */
class Lengths {
  readonly requests = new Map<string, Set<number>>()
  readonly answers = new Map<string, Set<number>>()

  add(path: string, request: number, answer: number): void {
    for (const [map, length] of [
      [this.requests, request],
      [this.answers, answer],
    ] as const) {
      map.set(path, (map.get(path) ?? new Set()).add(length))
    }
  }
}

it(`${N} different responses, of staff and visitors, leave in bodies of one length and hear answers of one length`, async () => {
  const test = await testCampaign()
  const lengths = new Lengths()
  const random = new SeededRandom(7)
  const sealed = new Set<string>()
  for (let count = 0; count < N; count += 1) {
    const lane = count % 2 === 0 ? 'iit' : 'eit-public'
    const form = lane === 'iit' ? 'iit-2566' : 'eit-2566'
    const device = testDevice(test.app, async (request, pass) => {
      const reply = await pass()
      if (request.body !== undefined) {
        const answer = (await reply.clone().arrayBuffer()).byteLength
        lengths.add(request.path, Buffer.byteLength(request.body), answer)
        if (request.path === '/v2/box') sealed.add(JSON.parse(request.body).items[0].ct)
      }
      return reply
    })
    const redeemed = await redeemSlip(device, test.slip(lane))
    if (redeemed.outcome !== 'ready') throw new Error('no ticket')
    // from the fewest to the most characters that answers can have
    const coarse = lane === 'iit' ? {} : { contact: ['event', 'contract', 'other'][count % 3] ?? '' }
    await sealDraft(device, redeemed.campaign, redeemed.ticket, { answers: randomAnswers(form, random), coarse })
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
  }
  expect(sealed.size).toBe(N)
  expect([...lengths.requests].map(([path, all]) => [path, all.size])).toEqual([
    ['/v2/issue', 1],
    ['/v2/box', 1],
  ])
  expect(new Set([...lengths.answers.values()].flatMap((all) => [...all]))).toEqual(new Set([2048]))
})

it('refusals of both routes have that length too, whatever was wrong', async () => {
  const test = await testCampaign()
  const { cid } = test.campaign.manifest
  const unknown = { cid, code: '0'.repeat(24), blinded: 'A'.repeat(512) }
  const item = { input: 'A'.repeat(127), sig: 'A'.repeat(512), enc: 'A'.repeat(87), ct: 'A'.repeat(1387) }
  const bodies = [
    '',
    '{',
    '[]',
    '{}',
    JSON.stringify(unknown),
    JSON.stringify({ cid, items: [item] }),
    'x'.repeat(70_000),
  ]
  const answers: number[] = []
  for (const url of ['/v2/issue', '/v2/box']) {
    for (const payload of bodies) {
      const reply = await test.app.inject({
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': 'application/json' },
      })
      answers.push(reply.rawPayload.byteLength)
    }
  }
  expect(new Set(answers)).toEqual(new Set([2048]))
})

it('the longest answers a questionnaire allows still fit into the one size', async () => {
  const test = await testCampaign()
  for (const lane of ['iit', 'eit-public'] as const) {
    const form = questionnaire(lane === 'iit' ? 'iit-2566' : 'eit-2566')
    const answers = Object.fromEntries(
      form.items.map(({ id, options }) => [id, Math.max(...options.map(({ code }) => code))]),
    )
    const device = testDevice(test.app)
    const redeemed = await redeemSlip(device, test.slip(lane))
    if (redeemed.outcome !== 'ready') throw new Error('no ticket')
    const draft = { answers, coarse: { contact: 'contract' } }
    await expect(sealDraft(device, redeemed.campaign, redeemed.ticket, draft)).resolves.toBeDefined()
  }
})
