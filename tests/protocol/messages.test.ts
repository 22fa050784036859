import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromBase64Url, toBase64Url, utf8 } from '#protocol/bytes'
import { checkNumber } from '#protocol/check-number'
import { CODES_REQUEST, COUNTER_SIZES, enrolmentLink, parseEnrolment, readCodesAnswer } from '#protocol/counter'
import { isOver } from '#protocol/day'
import { canonicalJson } from '#protocol/json'
import { readCampaign } from '#protocol/manifest'
import { readBoxAnswer, readCampaignListing } from '#protocol/messages'
import { decodePayload, encodePayload } from '#protocol/payload'
import { receiptOf } from '#protocol/receipt'
import { makeBoxKeys, makeOpener, pad, seal, unpad } from '#protocol/sealed-box'
import { isDescribed } from '#protocol/shapes'
import { SIZES } from '#protocol/sizes'
import { prepareTicket, ticketLane } from '#protocol/ticket'
import { testCampaign } from '#tests/support/test-campaign.ts'

const context = { cid: new Uint8Array(16).fill(1), mh: new Uint8Array(16).fill(2) }

describe('base64url', () => {
  it('has one spelling for each byte string', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64Url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64Url(text, bytes.length)).toEqual(new Uint8Array(bytes))
        expect(fromBase64Url(`${text}=`, bytes.length)).toBeNull()
      }),
    )
    expect(fromBase64Url('AB', 1)).toBeNull()
    expect(fromBase64Url(7, 1)).toBeNull()
  })
})

describe('a sealed response', () => {
  const ticket = { input: new Uint8Array(95).fill(3), sig: new Uint8Array(384).fill(4) }
  const payload = { v: 2, form: 'iit-2566', part: 'iit', answers: { I1: 4 }, coarse: {} } as const

  it('opens to what was sealed, in its own campaign and for its own purpose only', async () => {
    const { privateKey, publicKey } = await makeBoxKeys()
    const sealed = await seal(publicKey, context, encodePayload(payload, ticket, 1536))
    expect(sealed.enc.length + sealed.ct.length).toBe(65 + 1536 + 16)
    const opened = await (await makeOpener({ privateKey, publicKey }, context)).open(sealed)
    expect(decodePayload(opened)).toEqual({ payload, ticket })
    const elsewhere = [
      { ...context, cid: new Uint8Array(16) },
      { ...context, mh: new Uint8Array(16) },
      { ...context, purpose: 'challenge' } as const,
    ]
    for (const other of elsewhere)
      await expect((await makeOpener({ privateKey, publicKey }, other)).open(sealed)).rejects.toThrow()
  })

  it('that holds nonsense is a fault with a name, never a crash', () => {
    const inside = (padded: Uint8Array) => decodePayload(concat(ticket.input, ticket.sig, padded))
    const read = (text: string) => inside(pad(utf8(text), 1057))
    expect(decodePayload(new Uint8Array(1536))).toBe('bad-padding')
    expect(decodePayload(new Uint8Array(1536).fill(7))).toBe('bad-padding')
    expect(decodePayload(new Uint8Array(0))).toBe('bad-padding')
    expect(decodePayload(new Uint8Array(479).fill(0x80))).toBe('bad-padding')
    expect(read('')).toBe('not-json')
    expect(read('{"v":1')).toBe('not-json')
    expect(inside(pad(Uint8Array.of(0xff, 0xfe), 1057))).toBe('not-json')
    const shapes = [
      'null',
      '[]',
      '7',
      '{}',
      '"x"',
      '{"v":1,"form":"a","part":"iit","answers":{},"coarse":{}}',
      '{"v":2,"form":"a","part":"nobody","answers":{},"coarse":{}}',
      `${'['.repeat(450)}${']'.repeat(450)}`,
    ]
    for (const shape of shapes) expect(read(shape)).toBe('wrong-shape')
    expect(read('{"v":2,"form":"a","part":"iit","answers":{"I1":1.5},"coarse":{}}')).toBe('wrong-shape')
    expect(read('{"v":2,"form":"a","part":"iit","answers":{},"coarse":{},"x":1}')).toBe('wrong-shape')
    expect(read(`{"v":2,"form":"a","part":"iit","answers":{},"coarse":{"contact":"${'x'.repeat(41)}"}}`)).toBe(
      'wrong-shape',
    )
  })

  it('does not fit when it is too long, and says so before sealing', () => {
    const long = { ...payload, coarse: { note: 'x'.repeat(1024) } }
    expect(() => encodePayload(long, ticket, 1536)).toThrow(RangeError)
    expect(() => encodePayload(payload, { ...ticket, sig: new Uint8Array(383) }, 1536)).toThrow(RangeError)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(unpad(pad(bytes, 256))).toEqual(bytes)
      }),
    )
  })
})

describe('a manifest', () => {
  it('is read only in canonical form, and any change shows in the check number', async () => {
    const { campaign } = await testCampaign()
    const text = canonicalJson(campaign.manifest)
    expect(await readCampaign(utf8(text))).toMatchObject({ manifest: campaign.manifest })
    expect(await checkNumber(campaign.mh)).toMatch(/^\d{4} \d{4} \d{4}$/)
    const changed = await readCampaign(utf8(text.replace(/"fiscalYear":\d+/, '"fiscalYear":2599')))
    expect(changed && (await checkNumber(changed.mh))).not.toBe(await checkNumber(campaign.mh))
    for (const broken of [
      ` ${text}`,
      '{}',
      '',
      'null',
      text.replace('"v":2', '"v":1'),
      text.replace('"boxKey":"', '"boxKey":"A'),
      // in the fingerprint's own form, but no point of the curve
      text.replace(/"boxKey":"[^"]*"/, `"boxKey":"${toBase64Url(new Uint8Array(65).fill(4))}"`),
    ]) {
      expect(await readCampaign(utf8(broken))).toBeNull()
    }
  })
})

describe('a ticket', () => {
  it('says its lane to its own campaign only', async () => {
    const input = await prepareTicket('outer', context.cid, 'eit-survey', new Uint8Array(32))
    expect(ticketLane('outer', context.cid, input)).toBe('eit-survey')
    expect(ticketLane('inner', context.cid, input)).toBeNull()
    expect(ticketLane('outer', new Uint8Array(16), input)).toBeNull()
    expect(ticketLane('outer', context.cid, input.slice(1))).toBeNull()
    const strange = input.slice()
    strange[62] = 9
    expect(ticketLane('outer', context.cid, strange)).toBeNull()
  })

  it('leaves a receipt of forty bits', () => {
    expect(receiptOf(new Uint8Array(32))).toBe('0000-0000')
    expect(receiptOf(new Uint8Array(32).fill(255))).toBe('ZZZZ-ZZZZ')
    expect(receiptOf(Uint8Array.of(0, 0, 0, 0, 1, 255))).toBe('0000-0001')
  })
})

describe('the answer to a delivery', () => {
  it('counts only with one result for each item', () => {
    const read = (value: unknown) => readBoxAnswer(utf8(JSON.stringify(value)), 2)
    expect(
      read({
        v: 2,
        results: [
          { n: 1, s: 'kept' },
          { n: 0, s: 'refused', why: 'ticket-invalid' },
        ],
      }),
    ).toEqual([
      { n: 0, s: 'refused', why: 'ticket-invalid' },
      { n: 1, s: 'kept' },
    ])
    expect(
      read({
        v: 2,
        results: [
          { n: 0, s: 'kept' },
          { n: 0, s: 'kept' },
        ],
      }),
    ).toBeNull()
    expect(
      read({
        v: 2,
        results: [
          { n: 0, s: 'kept' },
          { n: 1, s: 'refused' },
        ],
      }),
    ).toBeNull()
    expect(
      read({
        v: 2,
        results: [
          { n: 0, s: 'kept' },
          { n: 1, s: 'ok' },
        ],
      }),
    ).toBeNull()
    expect(
      read({
        v: 2,
        results: [
          { n: 0, s: 'kept' },
          { n: 1, s: 'kept' },
          { n: 2, s: 'kept' },
        ],
      }),
    ).toBeNull()
  })
})

describe('what a tablet is told and tells', () => {
  const bytes = (length: number) => new Uint8Array(length).fill(7)
  const link = { cid: bytes(16), token: bytes(COUNTER_SIZES.token), mh: bytes(16) }

  it('an enrolment link is read whole or not at all', () => {
    const [kind, ...parts] = enrolmentLink('https://x.example', link).split('#')[1]?.split('.') ?? []
    expect(parseEnrolment(`#${[kind, ...parts].join('.')}`)).toEqual(link)
    for (const missing of parts.keys()) {
      const short = parts.map((part, at) => (at === missing ? part.slice(1) : part))
      expect(parseEnrolment(`#${[kind, ...short].join('.')}`)).toBeNull()
    }
    expect(parseEnrolment(`#${[kind, ...parts, 'x'].join('.')}`)).toBeNull()
    expect(parseEnrolment(`#t.${parts.join('.')}`)).toBeNull()
  })

  it('codes count as registered only when the issuer says so of all of them, and nothing else', () => {
    const says = (answer: object) => readCodesAnswer(utf8(JSON.stringify(answer)), 3)
    expect(says({ v: 2, registered: 3 })).toBe(true)
    for (const answer of [{ v: 2, registered: 2 }, { registered: 3 }, { v: 2, registered: 3, more: 1 }, {}])
      expect(says(answer)).toBe(false)
  })

  it('a request for codes has no member that the schema does not name', () => {
    const hash = toBase64Url(bytes(SIZES.codeHash))
    const request = {
      cid: toBase64Url(bytes(16)),
      tablet: toBase64Url(bytes(16)),
      hashes: [hash],
      sig: toBase64Url(bytes(64)),
    }
    expect(isDescribed(CODES_REQUEST, request)).toBe(true)
    expect(isDescribed(CODES_REQUEST, { ...request, when: 1 })).toBe(false)
  })

  it('a round is over when its last day is over in Bangkok, not a moment before', () => {
    const end = Date.parse('2026-12-01T00:00:00+07:00')
    expect([isOver({ closesOn: '2026-11-30' }, end - 1), isOver({ closesOn: '2026-11-30' }, end)]).toEqual([
      false,
      true,
    ])
  })
})

it('a listing of open campaigns, and an outcome of a delivery, have no member that nobody named', () => {
  const one = {
    cid: toBase64Url(new Uint8Array(16)),
    mh: toBase64Url(new Uint8Array(16)),
    checkNumber: '0000 0000 0000',
  }
  const listing = (change: object) => readCampaignListing(utf8(JSON.stringify({ v: 2, campaigns: [one], ...change })))
  expect(listing({})).toHaveLength(1)
  for (const change of [{ more: 1 }, { campaigns: [{ ...one, lane: 'iit' }] }, { v: 1 }])
    expect(listing(change)).toBeNull()
  const refused = (change: object) =>
    readBoxAnswer(utf8(JSON.stringify({ v: 2, results: [{ n: 0, s: 'refused', why: 'lane-unknown', ...change }] })), 1)
  expect(refused({})).toHaveLength(1)
  for (const change of [{ when: 1 }, { n: 16 }, { n: -1 }, { why: 'tired' }]) expect(refused(change)).toBeNull()
})
