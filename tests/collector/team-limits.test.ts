import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeCampaign, openAtOnce } from '#cli/installation/make-campaign'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { makeSlips } from '#collector/rounds/make-slips'
import { printedHead } from '#print/foot'
import type { CampaignPlan } from '#protocol/round-plan'
import { dayFromNow, makeRound, TEST_OWNER } from '#tests/support/make-round.ts'
import { readPdfTexts } from '#tests/support/read-pdf.ts'
import { createRound, planBody, testOffice } from '#tests/support/test-office.ts'

const DAY_MS = 86_400_000

/** Below every modulus. */
const message = () => randomBytes(384).fill(0, 0, 1).toString('base64url')

it('spare slips need two administrators: who asked does not print, another prints exactly those, once, within a day', async () => {
  const office = await testOffice()
  const asking = await office.joined('admin', 'ผู้ขอ')
  const printing = await office.joined('admin', 'ผู้พิมพ์')
  const { campaign } = await makeRound(office.stores, { eligible: { iit: 40 } })
  const path = `/rounds/${campaign.manifest.cid}`
  const print = async (who: typeof asking, count: number) => {
    const reply = await who.post(`${path}/slips`, { lane: 'iit', kind: 'spare', count, unit: '' })
    return reply.statusCode === 200 ? 200 : reply.json().message
  }
  const ask = (count: number) => asking.post(`${path}/ask-spare`, { lane: 'iit', count, unit: '' })
  expect(await print(printing, 3)).toBe('spare-needs-second')
  expect((await ask(3)).json().round.spareAsked).toEqual([{ by: 'ผู้ขอ', lane: 'iit', count: 3, unit: '' }])
  expect(await print(asking, 3)).toBe('spare-needs-second')
  expect(await print(printing, 4)).toBe('spare-needs-second')
  expect(await print(printing, 3)).toBe(200)
  expect(await print(printing, 3)).toBe('spare-needs-second')
  await ask(2)
  office.wait(DAY_MS + 1)
  // a session of yesterday is over, an ask of yesterday too
  const later = await office.joined('admin', 'ผู้พิมพ์วันต่อมา')
  expect(await print(later, 2)).toBe('spare-needs-second')
})

it('of two who print what was asked for once in the same moment, one prints', async () => {
  const office = await testOffice()
  const asking = await office.joined('admin', 'ผู้ขอ')
  const printing = await office.joined('admin', 'ผู้พิมพ์')
  const { campaign } = await makeRound(office.stores, { eligible: { iit: 200 } })
  const path = `/rounds/${campaign.manifest.cid}`
  const spare = { lane: 'iit', count: 10, unit: '' }
  await asking.post(`${path}/ask-spare`, spare)
  const print = () => printing.post(`${path}/slips`, { ...spare, kind: 'spare' })
  const statuses = (await Promise.all([print(), print(), print()])).map(({ statusCode }) => statusCode)
  expect(statuses.sort()).toEqual([200, 409, 409])
  expect(
    (await office.stores.issuer.slips.of(campaign.cid, 'iit')).filter(({ kind }) => kind === 'spare'),
  ).toHaveLength(1)
})

it('whole rows are confirmed after closing, by shares that the round has, and as many as open it', async () => {
  const office = await testOffice()
  const admin = await office.joined('admin', 'ผู้ดูแล')
  const { campaign } = await makeRound(office.stores, { eligible: { iit: 40 } })
  const confirm = async (shares: number[]) =>
    (await admin.post(`/rounds/${campaign.manifest.cid}/rows-confirmed`, { shares })).statusCode
  expect(await confirm([1, 3])).toBe(409)
  await closeCampaign(office.stores, campaign, 'a test', 'enough')
  expect([await confirm([7, 9]), await confirm([1]), await confirm([1, 3])]).toEqual([409, 409, 200])
})

it('how many slips of one unit were exchanged is told by fives for ever; of everybody exactly, once it is closed', async () => {
  const office = await testOffice()
  const viewer = await office.joined('viewer', 'ผู้อ่าน')
  const window = { from: dayFromNow(-1), to: dayFromNow(30) }
  const plan: CampaignPlan = {
    ...{ fiscalYear: 2569, ...TEST_OWNER, eligible: { iit: 40, 'eit-public': 20 } },
    ...{ issueWindow: window, answerWindow: window, k: { iit: 10, eit: 5 } },
    handout: 'drawn',
    keyShares: { shares: 3, threshold: 2 },
    units: [{ name: 'กองหนึ่ง', eligible: 40 }],
  }
  const made = await makeCampaign(office.stores, plan)
  const ofUnit = await makeSlips(office.stores.issuer, made.campaign, {
    ...{ lane: 'iit', kind: 'main', count: 12, unit: 'u1' },
  } as const)
  const ofAll = await makeSlips(office.stores.issuer, made.campaign, { lane: 'eit-public', kind: 'main', count: 12 })
  await openAtOnce(office.stores, made)
  for (const code of [...ofUnit.slice(0, 7), ...ofAll.slice(0, 7)]) {
    const payload = { cid: made.campaign.manifest.cid, code, blinded: { outer: message(), inner: message() } }
    expect((await office.app.inject({ method: 'POST', url: '/v2/issue', payload })).statusCode).toBe(200)
  }
  const exchanged = async () => {
    const [round] = (await viewer.ask('/rounds')).json().rounds
    return round.lanes.map(({ printings }: { printings: { exchanged: number }[] }) => printings[0]?.exchanged)
  }
  expect(await exchanged()).toEqual([5, 5])
  await closeCampaign(office.stores, { ...made.campaign, state: 'open' }, 'a test', 'enough')
  expect(await exchanged()).toEqual([5, 7])
})

it('tables are kept as a round’s result only after its box was opened', async () => {
  const office = await testOffice()
  const admin = await office.joined('admin', 'ผู้ดูแล')
  const { campaign } = await makeRound(office.stores, { eligible: { iit: 40 } })
  const { cid } = campaign.manifest
  await closeCampaign(office.stores, campaign, 'a test', 'enough')
  const keep = () =>
    admin.ask(`/rounds/${cid}/papers/results`, { method: 'PUT', body: { version: 0, text: '{"made":"up"}' } })
  expect((await keep()).json()).toMatchObject({ message: 'wrong-state' })
  await office.stores.acts.write({ by: 'ผู้ดูแล', act: 'box-opened', campaign: cid })
  expect((await keep()).json()).toMatchObject({ version: 1 })
})

it('slips, posters and the closing sheet carry the head of the log as it was when they were printed', async () => {
  const office = await testOffice()
  const admin = await office.joined('admin', 'ผู้ดูแล')
  const { round } = (await createRound(admin, await planBody())).json()
  const { acts } = office.stores
  /** Says whether a sheet carries the head, on every page. */
  const carries = async (reply: { rawPayload: Buffer }, head: string) =>
    (await readPdfTexts(reply.rawPayload)).map((text) => text.replaceAll(/\s/g, '').includes(inOneWord(head)))
  const slips = await admin.post(`/rounds/${round.cid}/slips`, { lane: 'iit', kind: 'main', count: 17, unit: '' })
  const printed = await acts.head()
  expect(new Set(await carries(slips, printed))).toEqual(new Set([true]))
  await acts.write({ by: 'x', act: 'backup-written' })
  const poster = await admin.ask(`/rounds/${round.cid}/poster`)
  expect(await acts.head()).not.toBe(printed)
  expect(await carries(poster, await acts.head())).toEqual([true])
  expect(await carries(poster, printed)).toEqual([false])

  const open = await makeRound(office.stores, { eligible: { iit: 40 } })
  await closeCampaign(office.stores, open.campaign, 'a test', 'enough')
  const closing = await admin.ask(`/rounds/${open.campaign.manifest.cid}/closing-sheet`)
  // of the moment in which the box was counted, as beside the receipts
  const counted = await acts.last('box-counted', open.campaign.manifest.cid)
  expect(await carries(closing, counted?.hash ?? '')).toEqual([true])
})

const inOneWord = (head: string) => printedHead(head).replaceAll(' ', '')

it('a plan that gives no round is refused before anything of it is made', async () => {
  const office = await testOffice()
  const admin = await office.joined('admin', 'ผู้ดูแล')
  const good = await planBody()
  const before = (await office.stores.acts.all()).length
  for (const [what, body, statuses] of [
    ['two shares of which nine open', await planBody({ keyShares: { shares: 2, threshold: 9 } }), [400, 409]],
    ['a box key that is no point', { ...good, boxKey: Buffer.alloc(65, 4).toString('base64url') }, [400, 409]],
    ['half a character in a point', await planBody({ points: ['เคาน์เตอร์ \ud800'] }), [400, 409]],
    ['a name that turns its line around', await planBody({ points: ['a\u202eb'] }), [400, 409]],
  ] as const) {
    const { statusCode } = await createRound(admin, body)
    expect([what, statuses.includes(statusCode as 400)]).toEqual([what, true])
  }
  expect((await office.stores.acts.all()).length).toBe(before)
  expect((await admin.ask('/rounds')).json().rounds).toEqual([])
  expect(await office.stores.issuer.campaigns.all()).toEqual([])
  // and a good one is made, also where every holder is needed
  const all = await planBody({ keyShares: { shares: 2, threshold: 2 } })
  expect((await createRound(admin, all)).statusCode).toBe(200)
  expect((await createRound(admin, good)).statusCode).toBe(200)
})

it('names that only look different are one name', async () => {
  const office = await testOffice()
  await office.joined('admin', 'Ann Lee')
  const token = await office.stores.office.accounts.invite('viewer', Date.now() + DAY_MS)
  const browser = await office.joined('viewer', 'someone else')
  await office.joined('viewer', 'แอน อำไพ')
  for (const name of [
    'เเอน อำไพ',
    'แอน อํ\u0e32ไพ',
    'Ann\u200b Lee',
    'Ann  Lee',
    'Ａｎｎ Lee'.normalize('NFKC'),
    'collector',
    'Collector',
    'ROOM',
  ]) {
    const { statusCode } = await browser.post('/join/options', { token, name })
    expect([name, statusCode]).not.toEqual([name, 200])
  }
  // a decomposed letter arrives as the composed one
  expect((await browser.post('/join/options', { token, name: 'cafe\u0301' })).statusCode).toBe(200)
})

it('an emblem is the picture that the plan names by its hash, and nothing but a picture', async () => {
  const office = await testOffice()
  const admin = await office.joined('admin', 'ผู้ดูแล')
  const { plan } = await planBody()
  const commit = async (png: Buffer, named: Buffer | null) => {
    const emblem = named ? createHash('sha256').update(named).digest('base64url') : undefined
    const body = { plan: emblem ? { ...plan, emblem } : plan, emblem: png.toString('base64url') }
    const reply = await admin.post('/rounds/commitment', body)
    return reply.statusCode === 200 ? JSON.parse(reply.json().commitment).emblem : reply.json().message
  }
  const [png, drawing] = [smallPng(), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]
  expect(await commit(png, null)).toBe('emblem-wrong')
  expect(await commit(Buffer.alloc(0), png)).toBe('emblem-wrong')
  expect(await commit(png, drawing)).toBe('emblem-wrong')
  expect(await commit(drawing, drawing)).toBe('emblem-wrong')
  const trailing = Buffer.concat([png, Buffer.from('more')])
  expect(await commit(trailing, trailing)).toBe('emblem-wrong')
  expect(await commit(png, png)).toBe(createHash('sha256').update(png).digest('base64url'))
})

/** One pixel. */
function smallPng(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
}
