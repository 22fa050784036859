import { randomBytes } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildCollector } from '#collector/http/collector'
import { openStores } from '#collector/installation/data-folder'
import { flushOutbox } from '#device/delivery/flush'
import { sealDraft } from '#device/seal'
import { redeemSlip } from '#device/ticket'
import { parsePoster, posterLink, type Slip } from '#protocol/slip-link'
import { makeResponseOpener } from '#results/open-responses'
import { ScorecardBuilder } from '#results/scorecard'
import { formsOfLanes } from '#tests/support/forms.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'
import { testDevice } from '#tests/support/test-device.ts'

/** A round whose poster lets so many answer in a day. */
async function roundWithPoster(openPerDay?: number) {
  let now = Date.now()
  const stores = await openStores(tempFolder())
  const eligible = { 'eit-public': 20 }
  const round = await makeRound(stores, { eligible, ...(openPerDay === undefined ? {} : { openPerDay }) })
  const app = await buildCollector({ ...stores, appFolder: null, now: () => now, behindProxy: true })
  onTestFinished(async () => {
    await app.close()
    await stores.end()
  })
  const link = posterLink('https://ita.example.go.th', round.campaign)
  return {
    ...round,
    stores,
    app,
    tomorrow() {
      now += 86_400_000
    },
    /** What a phone makes of the poster. */
    scan(): Slip {
      const slip = parsePoster(link.slice(link.indexOf('#')), randomBytes(24))
      if (!slip) throw new Error('not a poster')
      return slip
    },
  }
}

describe('the poster of the open lane', () => {
  it('gives whoever scans it a ticket, so many a day; a lost answer is given again and costs nothing', async () => {
    const { app, stores, campaign, scan, tomorrow } = await roundWithPoster(3)
    let lost = false
    const torn = testDevice(app, async ({ path }, pass) => {
      const reply = await pass()
      if (path !== '/v2/issue' || lost) return reply
      lost = true
      throw new TypeError('lost on the way')
    })
    expect(await redeemSlip(torn, scan())).toMatchObject({ outcome: 'waiting' })
    // the same phone scans it again: that makes another code, but it finds the ticket it waits for
    expect(await redeemSlip(torn, scan())).toMatchObject({ outcome: 'ready', ticket: { lane: 'eit-open' } })
    expect(await redeemSlip(torn, scan())).toMatchObject({ outcome: 'ready' })
    expect(await stores.issuer.openLane.of(campaign.cid)).toMatchObject({ given: 1 })
    for (let other = 0; other < 2; other += 1)
      expect(await redeemSlip(testDevice(app), scan())).toMatchObject({ outcome: 'ready' })
    expect(await redeemSlip(testDevice(app), scan())).toEqual({ outcome: 'refused', reason: 'open-full' })
    tomorrow()
    expect(await redeemSlip(testDevice(app), scan())).toMatchObject({ outcome: 'ready' })
    expect(await stores.issuer.openLane.of(campaign.cid)).toEqual({ isOn: true, perDay: 3, given: 4 })
  })

  it('is switched off and on, and is not there at all where the round has none', async () => {
    const { app, stores, campaign, scan } = await roundWithPoster(3)
    await stores.issuer.openLane.set(campaign.cid, { isOn: false })
    expect(await redeemSlip(testDevice(app), scan())).toEqual({ outcome: 'refused', reason: 'open-off' })
    await stores.issuer.openLane.set(campaign.cid, { isOn: true, perDay: 1 })
    expect(await redeemSlip(testDevice(app), scan())).toMatchObject({ outcome: 'ready' })
    const without = await roundWithPoster()
    expect(await redeemSlip(testDevice(without.app), without.scan())).toEqual({
      outcome: 'refused',
      reason: 'lane-unknown',
    })
  })

  it('gives nothing after the days of exchanging, says so, and counts nobody as guessing', async () => {
    const { app, scan, tomorrow } = await roundWithPoster(1000)
    for (let day = 0; day < 31; day += 1) tomorrow()
    for (let phone = 0; phone < 101; phone += 1)
      expect(await redeemSlip(testDevice(app), scan())).toEqual({ outcome: 'refused', reason: 'issue-closed' })
  })

  it('lets nobody take a day’s tickets from one address: the 31st in five minutes waits', async () => {
    const { app, scan } = await roundWithPoster(1000)
    const message = () => Buffer.concat([Buffer.from([1]), randomBytes(383)]).toString('base64url')
    const ask = async (address: string) => {
      const slip = scan()
      const payload = {
        cid: Buffer.from(slip.cid).toString('base64url'),
        code: slip.code,
        blinded: { outer: message(), inner: message() },
      }
      const reply = await app.inject({
        method: 'POST',
        url: '/v2/issue',
        payload,
        headers: { 'x-forwarded-for': address },
      })
      return reply.statusCode
    }
    const answers = []
    for (let asked = 0; asked < 31; asked += 1) answers.push(await ask('203.0.113.7'))
    expect(answers.slice(0, 30).every((status) => status === 200)).toBe(true)
    expect(answers[30]).toBe(429)
    expect(await ask('203.0.113.8')).toBe(200)
  })

  it('is counted in no score: its answers stand apart', async () => {
    const { app, stores, campaign, privateKey, scan } = await roundWithPoster(10)
    for (let phone = 0; phone < 4; phone += 1) {
      const device = testDevice(app)
      const redeemed = await redeemSlip(device, scan())
      if (redeemed.outcome !== 'ready') throw new Error(JSON.stringify(redeemed))
      await sealDraft(device, campaign, redeemed.ticket, { answers: randomAnswers('eit-2566'), coarse: {} })
      expect(await flushOutbox(device)).toMatchObject({ kept: 1 })
    }
    const open = await makeResponseOpener(campaign, privateKey)
    const builder = new ScorecardBuilder(formsOfLanes('eit-public', 'eit-open'))
    for await (const sealed of stores.box.sealedRows(campaign.cid, 'eit-open')) {
      const opened = await open({ lane: 'eit-open', sealed })
      if ('response' in opened) builder.add(opened.response)
    }
    const scorecard = builder.finish()
    expect(scorecard.instruments).toEqual({})
    expect(scorecard.apart?.['eit-open']).toMatchObject({ n: 4 })
  })
})
