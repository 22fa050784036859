import { describe, expect, it } from 'vitest'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { flushOutbox } from '#device/delivery/flush'
import { DRAFT_LIFE_MS, discardDraft, loadDraft, saveDraft } from '#device/draft'
import { readHoldings } from '#device/holdings'
import { sealDraft } from '#device/seal'
import { advanceWaitingTickets, redeemSlip } from '#device/ticket'
import { makeCode } from '#protocol/code'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { sealedOnDevice } from '#tests/support/sealed-on-device.ts'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { html, type Network, testDevice } from '#tests/support/test-device.ts'

/** Which questions were answered: any hash, as long as it is the same. */
const FORM = 'questions'

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill)

describe('a slip', () => {
  it('gives one ticket, and the same one when scanned again on this device, even in two tabs at once', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const twin = testDevice(test.app, undefined, { store: device.store })
    const slip = test.slip('iit')
    const outcomes = await Promise.all([redeemSlip(device, slip), redeemSlip(twin, slip), redeemSlip(device, slip)])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ready', 'ready', 'ready'])
    const { tickets } = await readHoldings(device)
    expect(tickets).toHaveLength(1)
    expect(tickets[0]).toMatchObject({ state: 'ready', lane: 'iit' })
    expect(JSON.stringify(tickets)).not.toContain(slip.code)
  })

  it('is used up for every other device', async () => {
    const test = await testCampaign()
    const slip = test.slip('iit')
    await redeemSlip(testDevice(test.app), slip)
    expect(await redeemSlip(testDevice(test.app), slip)).toEqual({ outcome: 'refused', reason: 'code-used' })
  })

  it('survives being scanned without a network, a captive portal, and a lost answer', async () => {
    const test = await testCampaign()
    let mood: 'offline' | 'portal' | 'lost' | 'well' = 'offline'
    const network: Network = async (_request, pass) => {
      if (mood === 'offline') throw new TypeError('no network')
      if (mood === 'portal') return html('Sign in')
      const answer = await pass()
      if (mood === 'lost') throw new TypeError('connection reset')
      return answer
    }
    const device = testDevice(test.app, network)
    const slip = test.slip('iit')
    expect(await redeemSlip(device, slip)).toMatchObject({ outcome: 'waiting' })
    mood = 'portal'
    expect(await advanceWaitingTickets(device)).toEqual({ waiting: 1, refused: [] })
    mood = 'well'
    const manifestOnly: Network = (request, pass) =>
      request.path === '/v2/issue' ? Promise.reject(new TypeError('reset')) : pass()
    const halfway = testDevice(test.app, manifestOnly, { store: device.store })
    expect(await advanceWaitingTickets(halfway)).toEqual({ waiting: 1, refused: [] })
    mood = 'lost'
    expect(await advanceWaitingTickets(device)).toEqual({ waiting: 1, refused: [] })
    mood = 'well'
    expect(await redeemSlip(device, slip)).toMatchObject({ outcome: 'ready' })
    expect((await readHoldings(device)).tickets).toHaveLength(1)
  })

  it('of a code nobody printed, of another campaign or of another manifest is refused in words', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const slip = test.slip('iit')
    expect(await redeemSlip(device, { ...slip, code: makeCode('iit', bytes(23, 7)) })).toEqual({
      outcome: 'refused',
      reason: 'code-unknown',
    })
    expect(await redeemSlip(device, { ...slip, cid: bytes(16, 1) })).toEqual({
      outcome: 'refused',
      reason: 'campaign-unknown',
    })
    const stranger = testDevice(test.app)
    expect(await redeemSlip(stranger, { ...slip, mh: bytes(16, 2) })).toEqual({
      outcome: 'refused',
      reason: 'manifest-mismatch',
    })
    expect(await redeemSlip(device, { ...slip, mh: bytes(16, 2) })).toEqual({
      outcome: 'refused',
      reason: 'manifest-mismatch',
    })
    expect((await readHoldings(device)).tickets).toEqual([])
    expect(await redeemSlip(device, slip)).toMatchObject({ outcome: 'ready' })
  })

  it('of a campaign that closed meanwhile is refused, and nothing is left waiting', async () => {
    const test = await testCampaign()
    await closeCampaign(test.stores, test.campaign, 'test')
    const device = testDevice(test.app)
    expect(await redeemSlip(device, test.slip('iit'))).toEqual({ outcome: 'refused', reason: 'campaign-closed' })
    expect((await readHoldings(device)).tickets).toEqual([])
  })
})

describe('a draft', () => {
  it('comes back, can be deleted, and deletes itself after a week', async () => {
    const test = await testCampaign()
    let now = Date.now()
    const clock = { now: () => now, schedule: () => () => undefined }
    const device = { ...testDevice(test.app), clock }
    const redeemed = await redeemSlip(device, test.slip('iit'))
    if (redeemed.outcome !== 'ready') throw new Error(redeemed.outcome)
    const draft = { answers: { I1: 4, I4: 0 }, coarse: {} }
    await saveDraft(device, redeemed.ticket.id, FORM, draft)
    expect(await loadDraft(device, redeemed.ticket.id, FORM)).toEqual(draft)
    await discardDraft(device, redeemed.ticket.id)
    expect(await loadDraft(device, redeemed.ticket.id, FORM)).toBeNull()
    await saveDraft(device, redeemed.ticket.id, FORM, draft)
    now += DRAFT_LIFE_MS + 1
    expect(await loadDraft(device, redeemed.ticket.id, FORM)).toBeNull()
    expect((await readHoldings(device)).tickets).toHaveLength(1)
  })

  it('becomes a sealed response in one transaction, once, however often seal is pressed', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const redeemed = await redeemSlip(device, test.slip('iit'))
    if (redeemed.outcome !== 'ready') throw new Error(redeemed.outcome)
    const draft = { answers: randomAnswers('iit-2566'), coarse: {} }
    await saveDraft(device, redeemed.ticket.id, FORM, draft)
    const sealed = await Promise.all(
      Array.from({ length: 10 }, () => sealDraft(device, redeemed.campaign, redeemed.ticket, draft)),
    )
    expect(new Set(sealed.map((one) => one.outcome === 'sealed' && one.record.ct)).size).toBe(1)
    const { tickets, outbox } = await readHoldings(device)
    expect([tickets.length, outbox.length]).toEqual([0, 1])
    expect(await loadDraft(device, redeemed.ticket.id, FORM)).toBeNull()
    await saveDraft(device, redeemed.ticket.id, FORM, draft)
    expect(await loadDraft(device, redeemed.ticket.id, FORM)).toBeNull()
  })

  it('stays whole when sealing cannot be stored', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const redeemed = await redeemSlip(device, test.slip('iit'))
    if (redeemed.outcome !== 'ready') throw new Error(redeemed.outcome)
    const draft = { answers: randomAnswers('iit-2566'), coarse: {} }
    await saveDraft(device, redeemed.ticket.id, FORM, draft)
    const full: typeof device.store = {
      transact: (durability, tables, work) =>
        device.store.transact(durability, tables, async (tx) => {
          await work(tx)
          throw new DOMException('full', 'QuotaExceededError')
        }),
    }
    await expect(sealDraft({ ...device, store: full }, redeemed.campaign, redeemed.ticket, draft)).rejects.toThrow(
      'full',
    )
    expect(await loadDraft(device, redeemed.ticket.id, FORM)).toEqual(draft)
    expect((await readHoldings(device)).tickets).toHaveLength(1)
  })

  it('leaves no code, blinding or answer behind once delivered', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const slip = test.slip('iit')
    const { input } = await sealedOnDevice(device, slip)
    await flushOutbox(device)
    const everything = await device.store.transact(
      'relaxed',
      ['tickets', 'drafts', 'outbox', 'receipts', 'quarantine'],
      async (tx) =>
        JSON.stringify([
          await tx.all('tickets'),
          await tx.all('drafts'),
          await tx.all('outbox'),
          await tx.all('receipts'),
          await tx.all('quarantine'),
        ]),
    )
    expect(everything).not.toContain(slip.code)
    expect(everything).not.toContain(input)
    expect(everything).not.toContain('I1')
  })
})

describe('a ticket that another tab took further', () => {
  it('is neither blinded again nor destroyed by a slow tab', async () => {
    const test = await testCampaign()
    const slip = test.slip('iit')
    let release = () => undefined as undefined
    const gate = new Promise<void>((resolve) => {
      release = () => void resolve()
    })
    const slowManifest: Network = async (request, pass) => {
      if (request.method === 'GET') await gate
      return pass()
    }
    const slow = testDevice(test.app, slowManifest)
    const fast = testDevice(test.app, undefined, { store: slow.store })
    const late = redeemSlip(slow, slip)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await redeemSlip(fast, slip)).toMatchObject({ outcome: 'ready' })
    release()
    expect(await late).toMatchObject({ outcome: 'ready' })
    expect((await readHoldings(slow)).tickets).toMatchObject([{ state: 'ready' }])
  })

  it('does not come back when a late answer arrives after it was sealed', async () => {
    const test = await testCampaign()
    const slip = test.slip('iit')
    let release = () => undefined as undefined
    const gate = new Promise<void>((resolve) => {
      release = () => void resolve()
    })
    const slowIssue: Network = async (request, pass) => {
      const answer = await pass()
      if (request.path === '/v2/issue') await gate
      return answer
    }
    const slow = testDevice(test.app, slowIssue)
    const fast = testDevice(test.app, undefined, { store: slow.store })
    const late = redeemSlip(slow, slip)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await sealedOnDevice(fast, slip)
    release()
    expect(await late).toEqual({ outcome: 'refused', reason: 'code-used' })
    const { tickets, outbox } = await readHoldings(slow)
    expect([tickets.length, outbox.length]).toEqual([0, 1])
  })
})

describe('two tabs with one draft', () => {
  it('add to it instead of replacing it, and are told when it is gone', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const redeemed = await redeemSlip(device, test.slip('iit'))
    if (redeemed.outcome !== 'ready') throw new Error(redeemed.outcome)
    const { id } = redeemed.ticket
    expect(await saveDraft(device, id, FORM, { answers: { I1: 1, I2: 2 }, coarse: {} })).toBe(true)
    expect(await saveDraft(device, id, FORM, { answers: { I2: 3 }, coarse: {} })).toBe(true)
    expect(await loadDraft(device, id, FORM)).toEqual({ answers: { I1: 1, I2: 3 }, coarse: {} })
    await sealDraft(device, redeemed.campaign, redeemed.ticket, { answers: randomAnswers('iit-2566'), coarse: {} })
    expect(await saveDraft(device, id, FORM, { answers: { I3: 1 }, coarse: {} })).toBe(false)
  })
})
