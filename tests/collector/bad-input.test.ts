import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { toBase64Url } from '#protocol/bytes'
import { makeCode } from '#protocol/code'
import { boxBody, issueBody } from '#protocol/messages'
import { ANSWER_BYTES } from '#protocol/sizes'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { spentOf } from '#tests/support/spent.ts'
import { type TestCampaign, testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

let test: TestCampaign
let good: string

function post(app: FastifyInstance, url: string, payload: string | Buffer, type = 'application/json') {
  return app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })
}

async function stored(): Promise<number> {
  return (await spentOf(test.stores.box, test.campaign.cid, 'iit')).length
}

beforeEach(async () => {
  test = await testCampaign()
  const sealed = await sealedOnDevice(testDevice(test.app), test.slip('iit'))
  good = boxBody(sealed.cid, [sealed])
})

describe('POST /v2/box', () => {
  const changed = (change: (body: { cid: string; items: Record<string, unknown>[] }) => unknown) => {
    const body = JSON.parse(good)
    const replaced = change(body)
    return JSON.stringify(replaced ?? body)
  }
  const item = (change: (item: Record<string, unknown>) => void) =>
    changed((body) => change(body.items[0] as Record<string, unknown>))

  it.each<[string, () => string | Buffer]>([
    ['empty', () => ''],
    ['cut off', () => good.slice(0, -1)],
    ['not JSON', () => 'hello'],
    [
      'not UTF-8',
      () => Buffer.concat([Buffer.from(good.slice(0, 20)), Buffer.from([0xff, 0xfe]), Buffer.from(good.slice(20))]),
    ],
    ['an array', () => '[]'],
    ['null', () => 'null'],
    ['with another member', () => changed((body) => Object.assign(body, { time: 1 }))],
    ['with an item of another member', () => item((one) => Object.assign(one, { lane: 'iit' }))],
    ['with a prototype as a member', () => good.replace('{"cid"', '{"__proto__":{"x":1},"cid"')],
    ['without items', () => changed((body) => ({ ...body, items: [] }))],
    ['with seventeen items', () => changed((body) => ({ ...body, items: Array(17).fill(body.items[0]) }))],
    ['with a short signature', () => item((one) => Object.assign(one, { sig: String(one.sig).slice(1) }))],
    ['with a long ciphertext', () => item((one) => Object.assign(one, { ct: `${one.ct}A` }))],
    ['with a number for text', () => item((one) => Object.assign(one, { enc: 7 }))],
    ['with plain base64', () => item((one) => Object.assign(one, { sig: `+${String(one.sig).slice(1)}` }))],
    [
      'with a second spelling of the same bytes',
      () =>
        item((one) =>
          Object.assign(one, { enc: `${String(one.enc).slice(0, -1)}${String(one.enc).endsWith('B') ? 'C' : 'B'}` }),
        ),
    ],
    ['with a missing item member', () => item((one) => delete one.input)],
  ])('%s is refused with 400, stores nothing, and is answered with one length', async (_name, body) => {
    const reply = await post(test.app, '/v2/box', body())
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ v: 2, error: expect.stringMatching(/^(bad-request|body-unreadable)$/) })
    expect(reply.rawPayload.length).toBe(ANSWER_BYTES)
    expect(await stored()).toBe(0)
    expect((await post(test.app, '/v2/box', good)).json().results).toEqual([{ n: 0, s: 'kept' }])
  })

  it('over 64 KiB is refused with 413', async () => {
    const reply = await post(test.app, '/v2/box', `${' '.repeat(65_536)}${good}`)
    expect([reply.statusCode, reply.json().error]).toEqual([413, 'body-too-large'])
  })

  it('of another content type is refused', async () => {
    expect((await post(test.app, '/v2/box', good, 'text/plain')).statusCode).toBe(415)
  })

  it('with a forged, altered or foreign ticket is refused for good, item by item', async () => {
    const other = await sealedOnDevice(testDevice(test.app), test.slip('eit-public'))
    const second = await sealedOnDevice(testDevice(test.app), test.slip('iit'))
    const foreign = { ...second, input: other.input }
    const relabelled = Buffer.from(other.input, 'base64url')
    relabelled[62] = 0
    const wrongLane = { ...other, input: toBase64Url(relabelled) }
    const reply = await post(test.app, '/v2/box', boxBody(second.cid, [foreign, wrongLane, second]))
    expect(reply.json().results).toEqual([
      { n: 0, s: 'refused', why: 'ticket-invalid' },
      { n: 1, s: 'refused', why: 'ticket-invalid' },
      { n: 2, s: 'kept' },
    ])
  })

  it('of another or a closed campaign says which', async () => {
    const stranger = good.replace(/"cid":"[^"]+"/, `"cid":"${toBase64Url(new Uint8Array(16))}"`)
    const unknown = await post(test.app, '/v2/box', stranger)
    expect([unknown.statusCode, unknown.json().error]).toEqual([404, 'campaign-unknown'])
    await closeCampaign(test.stores, test.campaign, 'test')
    const closed = await post(test.app, '/v2/box', good)
    expect([closed.statusCode, closed.json().error]).toEqual([403, 'campaign-closed'])
  })

  it('with one ticket twice keeps the first bytes, in one delivery and in two', async () => {
    const sealed = await sealedOnDevice(testDevice(test.app), test.slip('iit'))
    const altered = { ...sealed, ct: `${sealed.ct.startsWith('A') ? 'B' : 'A'}${sealed.ct.slice(1)}` }
    const both = await post(test.app, '/v2/box', boxBody(sealed.cid, [sealed, sealed]))
    const again = await post(test.app, '/v2/box', boxBody(sealed.cid, [altered]))
    const first = await post(test.app, '/v2/box', boxBody(sealed.cid, [sealed]))
    expect(both.json().results.map(({ s }: { s: string }) => s)).toEqual(['kept', 'kept'])
    expect(again.rawPayload).toEqual(first.rawPayload)
    expect(await stored()).toBe(1)
    const rows = []
    for await (const row of test.stores.box.sealedRows(test.campaign.cid, 'iit')) rows.push(toBase64Url(row.slice(65)))
    expect(rows).toEqual([sealed.ct])
  })
})

describe('POST /v2/issue', () => {
  const pairOf = (byte: number) => {
    const text = toBase64Url(new Uint8Array(384).fill(byte))
    return { outer: text, inner: text }
  }
  const blinded = pairOf(3)

  it('answers the same request the same, and another message with 409', async () => {
    const { cid, code } = test.slip('iit')
    const replies = [
      await post(test.app, '/v2/issue', issueBody(cid, code, blinded)),
      await post(test.app, '/v2/issue', issueBody(cid, code, blinded)),
    ]
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(replies[0]?.rawPayload).toEqual(replies[1]?.rawPayload)
    const other = await post(test.app, '/v2/issue', issueBody(cid, code, pairOf(4)))
    expect([other.statusCode, other.json().error]).toEqual([409, 'code-used'])
    expect(new Set([...replies, other].map(({ rawPayload }) => rawPayload.length))).toEqual(new Set([ANSWER_BYTES]))
  })

  it('does not use a code up for a message that cannot be signed', async () => {
    const { cid, code } = test.slip('iit')
    for (const unsignable of [pairOf(0), pairOf(255), { ...blinded, inner: pairOf(0).inner }]) {
      expect((await post(test.app, '/v2/issue', issueBody(cid, code, unsignable))).statusCode).toBe(400)
    }
    expect((await post(test.app, '/v2/issue', issueBody(cid, code, blinded))).statusCode).toBe(200)
  })

  it('knows only printed codes', async () => {
    const code = makeCode('iit', new Uint8Array(23).fill(5))
    const reply = await post(test.app, '/v2/issue', issueBody(test.campaign.cid, code, blinded))
    expect([reply.statusCode, reply.json().error]).toEqual([403, 'code-unknown'])
    const small = await post(
      test.app,
      '/v2/issue',
      issueBody(test.campaign.cid, test.slip('iit').code.replace(/.$/, 'U'), blinded),
    )
    expect(small.statusCode).toBe(403)
  })

  it('grants one of many who ask at once with one code', async () => {
    const { cid, code } = test.slip('iit')
    const asks = Array.from({ length: 12 }, (_, index) =>
      post(test.app, '/v2/issue', issueBody(cid, code, pairOf(index + 2))),
    )
    const statuses = (await Promise.all(asks)).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(11)
  })
})
