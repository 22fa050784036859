import { pbkdf2Sync } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { campaignFindings } from '#cli/audit/campaign-checks'
import { openStores } from '#collector/installation/data-folder'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { Commitments } from '#collector/rounds/commitments'
import type { Committed } from '#collector/rounds/make-draft'
import { utf8 } from '#protocol/bytes'
import { checkNumber, typedCheckNumber } from '#protocol/check-number'
import { canonicalJson } from '#protocol/json'
import { readCampaign } from '#protocol/manifest'
import { keepsTo } from '#protocol/round-commitment'
import { makeRound } from '#tests/support/make-round.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { type Browser, planBody, testOffice } from '#tests/support/test-office.ts'

/** What a guess at a number costs: this many rounds of HMAC-SHA-512, and nothing less. */
const ITERATIONS = 1_500_000
const DIGITS = 12

it('a check number is twelve digits of a slow derivation, and each guess costs all of it', async () => {
  const mh = new Uint8Array(16).fill(7)
  const bits = pbkdf2Sync(mh, 'ita/check-number/v2', ITERATIONS, 16, 'sha512')
  const digits = (BigInt(`0x${bits.toString('hex')}`) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0')
  expect((await checkNumber(mh)).replaceAll(' ', '')).toBe(digits)
})

it('a manifest has no place to try things in: unknown, missing, mistyped and oversized members are refused', async () => {
  const { campaign } = await testCampaign()
  const good = campaign.manifest
  const read = (value: unknown) => readCampaign(utf8(canonicalJson(value)))
  // canonical JSON but for what it refuses to write: half a character
  const sorted = (value: unknown) =>
    canonicalJson(JSON.parse(JSON.stringify(value).replace('\\ud800', 'HALF'))).replace('HALF', '\\ud800')
  expect(await read(good)).not.toBeNull()
  const lane = good.lanes.iit
  if (!lane) throw new Error('no lane')
  const modulus = (bytes: number, first: number, last: number) => {
    const made = Buffer.alloc(bytes, 1)
    made[0] = first
    made[bytes - 1] = last
    return made.toString('base64url')
  }
  const inLane = (change: object) => ({ ...good, lanes: { ...good.lanes, iit: { ...lane, ...change } } })
  const broken: Readonly<Record<string, unknown>> = {
    'an unknown member': { ...good, nonce: 1 },
    'an unknown member of a lane': inLane({ nonce: 1 }),
    'an unknown member of the agency': { ...good, agency: { ...good.agency, x: '' } },
    'an unknown lane': { ...good, lanes: { ...good.lanes, other: lane } },
    'no lane': { ...good, lanes: {} },
    'no box key': { ...good, boxKey: undefined },
    'a box key that is no point': { ...good, boxKey: Buffer.alloc(65, 4).toString('base64url') },
    'an empty k': { ...good, k: {} },
    'a k of text': { ...good, k: { iit: '10', eit: 5 } },
    'another size': { ...good, size: 1024 },
    'a short modulus': inLane({ issuerKey: modulus(383, 0xff, 1) }),
    'a modulus with a leading zero': inLane({ issuerKey: modulus(384, 0, 1) }),
    'a modulus of 3,071 bits': inLane({ issuerKey: modulus(384, 0x7f, 1) }),
    'one modulus for both tickets': inLane({ issuerKey: good.lanes.iit?.innerKey }),
    'an even modulus': inLane({ innerKey: modulus(384, 0xff, 2) }),
    'no inner key': inLane({ innerKey: undefined }),
    'a day that is none': { ...good, closesOn: '2027-02-30' },
    'a closing before the last day': { ...good, closesOn: '2020-01-01' },
    'more shares than there are': { ...good, keyShares: { shares: 2, threshold: 3 } },
    'one share alone, said to be split': { ...good, keyShares: { shares: 3, threshold: 1 } },
    'a name nobody sees': { ...good, enquiries: { ...good.enquiries, who: '\u200b' } },
    'a name that turns the line around': { ...good, enquiries: { ...good.enquiries, who: 'a\u202eb' } },
    'half a character': { ...good, enquiries: { ...good.enquiries, who: 'a\ud800' } },
    'units out of order': { ...good, units: [{ id: 'u2', name: 'x', eligible: 20 }] },
    'the version before': { ...good, v: 1 },
  }
  for (const [what, value] of Object.entries(broken)) {
    const found = await readCampaign(utf8(sorted(value)))
    expect([what, found]).toEqual([what, null])
  }
})

it('a number is read as people type it, and one wrong digit is another number', async () => {
  const { campaign } = await testCampaign()
  const number = await checkNumber(campaign.mh)
  const bare = number.replaceAll(' ', '')
  const thai = bare.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
  for (const typed of [number, bare, ` ${bare} `, bare.replace(/(\d{4})(?=\d)/g, '$1-'), thai])
    expect(typedCheckNumber(typed)).toBe(number)
  const wrong = bare.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
  expect(typedCheckNumber(wrong)).not.toBe(number)
  for (const none of ['', '1234', `${bare}1`, 'ABCD EFGH IJKL', bare.slice(1)])
    expect(typedCheckNumber(none)).toBeNull()
})

it('two rounds of one agency and year that take answers at once are a finding, until one of them is closed', async () => {
  const stores = await openStores(tempFolder())
  onTestFinished(() => stores.end())
  const first = await makeRound(stores, { eligible: { iit: 20 } })
  const second = await makeRound(stores, { eligible: { iit: 20 } })
  const verdictOf = async () => {
    const all = await stores.box.campaigns.all()
    const known = all.find(({ cid }) => Buffer.from(cid).equals(Buffer.from(first.campaign.cid)))
    if (!known) throw new Error('no round')
    const findings = await campaignFindings(stores, known, all)
    return findings.find(({ check }) => check === 'one-round')?.verdict
  }
  expect(await verdictOf()).toBe('broken')
  await closeCampaign(stores, second.campaign, 'ผู้ดูแล', 'a test')
  expect(await verdictOf()).toBe('kept')
})

it('a round is committed to before its box key is made, and nothing of it can be tried until numbers agree', async () => {
  const office = await testOffice()
  const [admin, other] = [await office.joined('admin', 'ผู้ดูแล'), await office.joined('admin', 'ผู้ดูแลอีกคน')]
  const { plan, boxKey } = await planBody()
  const commit = async (browser: Browser) =>
    (await browser.post('/rounds/commitment', { plan, emblem: '' })).json().commitment as string
  const commitment = await commit(admin)
  const { cid } = JSON.parse(commitment) as { cid: string }
  expect(commitment).not.toContain('boxKey')
  expect(await office.stores.issuer.campaigns.all()).toEqual([])

  const made = (browser: Browser, id: string) => browser.post('/rounds', { cid: id, boxKey })
  const elsewhere = JSON.parse(await commit(other)) as { cid: string }
  for (const [browser, id] of [
    [other, cid],
    [admin, elsewhere.cid],
    [admin, 'A'.repeat(22)],
  ] as const)
    expect((await made(browser, id)).json()).toMatchObject({ error: 'act-refused', message: 'commitment-gone' })
  const { manifest } = (await made(admin, cid)).json().round as { manifest: string }
  expect((await made(admin, cid)).statusCode).toBe(409)
  expect(keepsTo(manifest, commitment, boxKey)).toBe(true)

  // whatever is changed afterwards, be it a name that nobody reads, is not what was said before
  const said = JSON.parse(manifest) as Record<string, unknown>
  for (const change of [{ cid: elsewhere.cid }, { enquiries: { who: 'ก', how: 'ข' } }, { nonce: 1 }, { boxKey: '' }])
    expect(keepsTo(canonicalJson({ ...said, ...change }), commitment, boxKey)).toBe(false)
  for (const said of ['', '[]', manifest]) expect(keepsTo(manifest, said, boxKey)).toBe(false)
})

it('a commitment that waited too long is gone, with its keys', () => {
  const kept = new Commitments(() => now)
  let now = 0
  const committed = { cid: new Uint8Array(16), keys: new Map(), text: '{}' } as unknown as Committed
  kept.keep('a', committed)
  now = 15 * 60_000
  expect(() => kept.take('a', committed.cid)).toThrow('commitment-gone')
  kept.keep('a', committed)
  now += 1
  expect(kept.take('a', committed.cid)).toBe(committed)
})
