import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeCampaign } from '#cli/installation/make-campaign'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import {
  beginCampaign,
  closeCampaign,
  endIssue,
  missingRehearsals,
  noteOpening,
  rehearse,
} from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import { readHoldings } from '#device/holdings'
import { redeemSlip } from '#device/ticket'
import { utf8 } from '#protocol/bytes'
import { canonicalJson } from '#protocol/json'
import { keyRoundOf, shareSets } from '#protocol/key-file'
import { commitmentsTo, joinKey, splitKey } from '#protocol/key-share'
import { keySharesOf, readCampaign } from '#protocol/manifest'
import { openerFor } from '#protocol/sealed-box'
import { dayFromNow, makeRound, TEST_OWNER } from '#tests/support/make-round.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { type Network, testDevice } from '#tests/support/test-device.ts'

const DAY_MS = 86_400_000
const WINDOW = { from: dayFromNow(-1), to: dayFromNow(30) }

async function installation(now: () => number = Date.now) {
  const folder = tempFolder()
  const stores = await openStores(folder)
  const app = await buildCollector({ ...stores, appFolder: null, now })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  return { folder, stores, app }
}

const PLAN = {
  fiscalYear: 2569,
  ...TEST_OWNER,
  eligible: { iit: 20 },
  issueWindow: WINDOW,
  answerWindow: WINDOW,
  k: { iit: 10, eit: 5 },
  handout: 'drawn',
  keyShares: { shares: 3, threshold: 2 },
} as const

describe('a campaign', () => {
  it('cannot begin before a canary was sealed and opened with each pair of shares', async () => {
    const { stores } = await installation()
    const { campaign, privateKey } = await makeCampaign(stores, PLAN)
    expect(shareSets(keySharesOf(campaign.manifest))).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
    ])
    const shares = await splitKey(privateKey, 3, 2)
    const commitments = await commitmentsTo(shares)
    for (const pair of shareSets(keySharesOf(campaign.manifest))) {
      await expect(beginCampaign(stores, campaign, 'test')).rejects.toThrow('not rehearsed yet')
      const files = pair.map((index) => ({ ...keyRoundOf(campaign), threshold: 2, index, commitments }) as never)
      const key = await joinKey(
        files,
        pair.map((index) => shares[index - 1] as never),
        keyRoundOf(campaign),
      )
      const opener = await openerFor(campaign, key)
      await rehearse(stores, campaign, pair, (sealed) => opener.open(sealed), 'test')
    }
    expect(await missingRehearsals(stores, campaign)).toEqual([])
    await beginCampaign(stores, campaign, 'test')
    await expect(beginCampaign(stores, campaign, 'test')).resolves.toBeUndefined()
  })

  it('is not rehearsed by shares that open something else', async () => {
    const { stores } = await installation()
    const { campaign } = await makeCampaign(stores, PLAN)
    const lying = rehearse(stores, campaign, [1, 2], async () => new Uint8Array(1536), 'test')
    await expect(lying).rejects.toThrow('came back altered')
    expect(await missingRehearsals(stores, campaign)).toHaveLength(3)
  })

  it('is nobody’s business while it is a draft', async () => {
    const { stores, app } = await installation()
    const { campaign } = await makeCampaign(stores, PLAN)
    expect((await app.inject(`/v2/campaigns/${campaign.manifest.cid}`)).statusCode).toBe(404)
    expect((await app.inject('/v2/campaigns')).json()).toEqual({ v: 2, campaigns: [] })
  })

  it('goes through its life once, step by step, each step written down', async () => {
    const { stores, app } = await installation()
    const { campaign, slip } = await makeRound(stores, { eligible: { iit: 20 } })
    const device = testDevice(app)
    await sealedOnDevice(device, slip('iit', 0))
    const state = async () => (await stores.box.campaigns.findNow(campaign.cid))?.state
    expect(await state()).toBe('open')
    await endIssue(stores, campaign, 'test')
    expect(await state()).toBe('issue-closed')
    expect(await redeemSlip(testDevice(app), slip('iit', 1))).toEqual({ outcome: 'refused', reason: 'issue-closed' })
    expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
    const later = { ...campaign, state: 'issue-closed' } as const
    await closeCampaign(stores, later, 'test')
    expect(await state()).toBe('answers-closed')
    expect(await redeemSlip(testDevice(app), slip('iit', 2))).toEqual({ outcome: 'refused', reason: 'campaign-closed' })
    await noteOpening(stores, { ...campaign, state: 'answers-closed' }, 'test')
    expect(await state()).toBe('opened')
    const acts = (await stores.acts.all()).map(({ act }) => act.act)
    expect(acts.filter((act) => act !== 'key-rehearsed')).toEqual([
      'campaign-created',
      'campaign-opened',
      'issue-closed',
      'answers-closed',
      'box-counted',
      'intake-settled',
      'box-opened',
    ])
    expect(await stores.issuer.keys.of(campaign.cid, 'iit')).toBeNull()
    expect(await stores.issuer.codesLeft(campaign.cid, 'iit')).toBe(0)
    const { lanes } = (await app.inject(`/v2/campaigns/${campaign.manifest.cid}/slips`)).json()
    expect(lanes).toEqual({ iit: { printed: 20, exchanged: 1, spare: 0, toTablets: 0, onRequest: 0 } })
  })

  it('is not loosened by anybody who writes to the database: no other manifest, no way back, no disappearing', async () => {
    const { folder, stores } = await installation()
    const { campaign } = await makeRound(stores, { eligible: { iit: 20 } })
    await stores.end()
    for (const file of ['box.sqlite', 'issuer.sqlite']) {
      const database = new Database(join(folder, file))
      const looser = canonicalJson({ ...campaign.manifest, handout: 'named', k: { iit: 1, eit: 1 } })
      expect(() => database.prepare('UPDATE campaigns SET manifest = ?').run(looser)).toThrow(
        'a manifest never changes',
      )
      expect(() => database.prepare("UPDATE campaigns SET state = 'draft'").run()).toThrow('never goes back')
      expect(() => database.prepare("UPDATE campaigns SET state = 'reopened'").run()).toThrow('never goes back')
      expect(() => database.prepare('DELETE FROM campaigns').run()).toThrow('stays on record')
      database.close()
    }
  })

  it('exchanges no slip after "end-issue", not even one that looked open a moment before', async () => {
    const { folder, stores, app } = await installation()
    const { campaign, slip } = await makeRound(stores, { eligible: { iit: 20 } })
    expect((await redeemSlip(testDevice(app), slip('iit', 0))).outcome).toBe('ready')
    // in another process: this one still remembers the campaign as open
    const other = await openStores(folder)
    await endIssue(other, campaign, 'test')
    await other.end()
    expect(await redeemSlip(testDevice(app), slip('iit', 1))).toEqual({ outcome: 'refused', reason: 'issue-closed' })
  })

  it('that was interrupted while closing is closed by closing it again', async () => {
    const { stores } = await installation()
    const { campaign } = await makeRound(stores, { eligible: { iit: 20 } })
    await stores.issuer.destroyCampaign(campaign.cid, ['iit'])
    await closeCampaign(stores, campaign, 'test')
    expect((await stores.box.campaigns.findNow(campaign.cid))?.state).toBe('answers-closed')
    expect((await stores.issuer.slips.of(campaign.cid, 'iit'))[0]).toMatchObject({ printed: 20, exchanged: 0 })
    // and once more, because nobody knows any more how far it came: nothing is lost by it
    const closed = await stores.box.campaigns.findNow(campaign.cid)
    if (!closed) throw new Error('gone')
    await closeCampaign(stores, closed, 'test')
    expect((await stores.issuer.slips.of(campaign.cid, 'iit'))[0]).toMatchObject({ printed: 20, exchanged: 0 })
  })
})

describe('windows', () => {
  it('are those of the collector’s clock: slips, then responses; a phone keeps what it has and tries again', async () => {
    let now = Date.now()
    const { stores, app } = await installation(() => now)
    const { slip } = await makeRound(stores, {
      eligible: { iit: 20 },
      handout: 'named',
      issueWindow: { from: dayFromNow(2), to: dayFromNow(3) },
      answerWindow: { from: dayFromNow(5), to: dayFromNow(6) },
    })
    let deliveries = 0
    const network: Network = (request, pass) => {
      if (request.path === '/v2/box') deliveries += 1
      return pass()
    }
    const clock = { now: () => now, schedule: () => () => undefined }
    const device = testDevice(app, network, { clock })
    expect(await redeemSlip(device, slip('iit', 0))).toMatchObject({ outcome: 'waiting', notYet: true })
    now += 2 * DAY_MS
    await sealedOnDevice(device, slip('iit', 0))
    expect(await flushOutbox(device)).toMatchObject({ kept: 0, trouble: 'answers-not-open' })
    now += 2 * DAY_MS
    // after the last day of exchanging, not even a repeated request is answered: codes belong to persons here
    expect(await redeemSlip(testDevice(app), slip('iit', 1))).toEqual({ outcome: 'refused', reason: 'issue-closed' })
    expect(await flushOutbox(device)).toMatchObject({ kept: 0, trouble: 'answers-not-open' })
    // named codes: in the days of exchanging nothing even leaves; and whoever sends it all the same is refused
    expect(deliveries).toBe(0)
    const hasty = testDevice(app, network, { store: device.store, clock: { ...clock, now: () => now + 30 * DAY_MS } })
    expect(await flushOutbox(hasty)).toMatchObject({ kept: 0, trouble: 'answers-not-open' })
    expect(deliveries).toBe(1)
    now += DAY_MS
    expect(await flushOutbox(device)).toMatchObject({ kept: 1, trouble: null })
    expect((await readHoldings(device)).outbox).toEqual([])
  })

  it('of drawn slips still answer a request whose answer was lost', async () => {
    let now = Date.now()
    const { stores, app } = await installation(() => now)
    const { slip } = await makeRound(stores, {
      eligible: { iit: 20 },
      issueWindow: { from: dayFromNow(0), to: dayFromNow(0) },
    })
    let lose = true
    const device = testDevice(app, async (request, pass) => {
      const reply = await pass()
      if (request.path === '/v2/issue' && lose) throw new TypeError('network')
      return reply
    })
    expect(await redeemSlip(device, slip('iit', 0))).toMatchObject({ outcome: 'waiting' })
    now += 2 * DAY_MS
    lose = false
    expect(await redeemSlip(device, slip('iit', 0))).toMatchObject({ outcome: 'ready' })
    expect(await redeemSlip(testDevice(app), slip('iit', 1))).toEqual({ outcome: 'refused', reason: 'issue-closed' })
  })

  it('that overlap are no manifest at all for slips handed out by name: phones refuse it themselves', async () => {
    const { stores } = await installation()
    const { campaign } = await makeRound(stores, { eligible: { iit: 20 } })
    const named = canonicalJson({ ...campaign.manifest, handout: 'named' })
    expect(await readCampaign(utf8(named))).toBeNull()
    await expect(makeCampaign(stores, { ...PLAN, handout: 'named' })).rejects.toThrow('this plan gives no manifest')
  })
})
