import { describe, expect, it } from 'vitest'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { DRAFT_LIFE_MS, loadDraft, saveDraft } from '#device/draft'
import { findOrKeepSlip } from '#device/keep-slip'
import { adoptStrayDraft, deleteForgottenStrays, keepStray, strayOf } from '#device/stray-drafts'
import { advanceTicket, redeemSlip } from '#device/ticket'
import { makeCode } from '#protocol/code'
import { testCampaign } from '#tests/support/test-campaign.ts'
import { testDevice } from '#tests/support/test-device.ts'

const FORM = 'questions'
const DRAFT = { answers: { I1: 4, I2: 1 }, coarse: {} }

/** A phone whose person answered before its slip turned out to be nobody's. */
async function refusedAfterAnswers() {
  const test = await testCampaign()
  let now = Date.now()
  const clock = { now: () => now, schedule: () => () => undefined }
  const device = { ...testDevice(test.app), clock }
  const unknown = { ...test.slip('iit'), code: makeCode('iit', new Uint8Array(23).fill(7)) }
  const scanned = await findOrKeepSlip(device, unknown)
  expect(await saveDraft(device, scanned.id, FORM, DRAFT)).toBe(true)
  expect(await advanceTicket(device, scanned)).toMatchObject({ outcome: 'refused', reason: 'code-unknown' })
  const later = (ms: number) => {
    now += ms
  }
  return { test, device, later, refused: scanned.id }
}

async function newTicket({ test, device }: Awaited<ReturnType<typeof refusedAfterAnswers>>): Promise<string> {
  const redeemed = await redeemSlip(device, test.slip('iit'))
  if (redeemed.outcome !== 'ready') throw new Error(redeemed.outcome)
  return redeemed.ticket.id
}

describe('answers given before their slip was refused', () => {
  it('are used with another slip when their person said so', async () => {
    const phone = await refusedAfterAnswers()
    const { device, refused } = phone
    expect(await strayOf(device, refused)).toEqual({ answered: 2, refused: 'code-unknown' })
    expect(await keepStray(device, refused)).toBe(true)
    await deleteForgottenStrays(device)
    const id = await newTicket(phone)
    expect(await adoptStrayDraft(device, id, FORM)).toEqual(DRAFT)
    expect(await loadDraft(device, id, FORM)).toEqual(DRAFT)
    // taken up once
    expect(await keepStray(device, refused)).toBe(false)
  })

  it('are not shown to whoever scans the next slip on this phone when nobody kept them', async () => {
    const phone = await refusedAfterAnswers()
    const id = await newTicket(phone)
    expect(await adoptStrayDraft(phone.device, id, FORM)).toBeNull()
    expect(await loadDraft(phone.device, id, FORM)).toBeNull()
    await deleteForgottenStrays(phone.device)
    expect(await strayOf(phone.device, phone.refused)).toBeNull()
  })

  it('are not answers to other questions, take the place of no others, and go after a week', async () => {
    const phone = await refusedAfterAnswers()
    const { device, refused } = phone
    await keepStray(device, refused)
    const id = await newTicket(phone)
    await adoptStrayDraft(device, id, 'other questions')
    expect(await loadDraft(device, id, 'other questions')).toBeNull()
    await saveDraft(device, id, FORM, { answers: { I1: 2 }, coarse: {} })
    await adoptStrayDraft(device, id, FORM)
    expect(await loadDraft(device, id, FORM)).toEqual({ answers: { I1: 2 }, coarse: {} })
    phone.later(DRAFT_LIFE_MS + 1)
    const later = await newTicket(phone)
    expect(await adoptStrayDraft(device, later, FORM)).toBeNull()
    await deleteForgottenStrays(device)
    expect(await keepStray(device, refused)).toBe(false)
  })

  it('go with the slip where no other one would help', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const scanned = await findOrKeepSlip(device, test.slip('iit'))
    await saveDraft(device, scanned.id, FORM, DRAFT)
    await closeCampaign(test.stores, test.campaign, 'test')
    expect(await advanceTicket(device, scanned)).toMatchObject({ outcome: 'refused', reason: 'campaign-closed' })
    expect(await strayOf(device, scanned.id)).toBeNull()
    expect(await loadDraft(device, scanned.id, FORM)).toBeNull()
  })
})

it('answers to other questions than the round asks are never mixed with those to its own', async () => {
  const phone = await refusedAfterAnswers()
  const id = await newTicket(phone)
  await saveDraft(phone.device, id, 'first', { answers: { I1: 4, I2: 2 }, coarse: {} })
  await saveDraft(phone.device, id, 'second', { answers: { I1: 1 }, coarse: {} })
  expect(await loadDraft(phone.device, id, 'second')).toEqual({ answers: { I1: 1 }, coarse: {} })
  expect(await loadDraft(phone.device, id, 'first')).toBeNull()
})
