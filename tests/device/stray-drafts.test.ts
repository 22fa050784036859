import { describe, expect, it } from 'vitest'
import { closeCampaign } from '#collector/rounds/campaign-life'
import { DRAFT_LIFE_MS, loadDraft, saveDraft } from '#device/draft'
import { findOrKeepSlip } from '#device/keep-slip'
import { adoptStrayDraft, deleteStrayDrafts, keepStrayDrafts, strayDrafts } from '#device/stray-drafts'
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
  return { test, device, later }
}

async function newTicket({ test, device }: Awaited<ReturnType<typeof refusedAfterAnswers>>): Promise<string> {
  const redeemed = await redeemSlip(device, test.slip('iit'))
  if (redeemed.outcome !== 'ready') throw new Error(redeemed.outcome)
  return redeemed.ticket.id
}

describe('answers given before their slip was refused', () => {
  it('are used with another slip when their person said so', async () => {
    const phone = await refusedAfterAnswers()
    const { device } = phone
    expect(await strayDrafts(device)).toEqual([{ answered: 2, kept: false }])
    await keepStrayDrafts(device)
    await deleteStrayDrafts(device, 'forgotten')
    const id = await newTicket(phone)
    await adoptStrayDraft(device, id, FORM)
    expect(await loadDraft(device, id, FORM)).toEqual(DRAFT)
    expect(await strayDrafts(device)).toEqual([])
  })

  it('are not shown to whoever scans the next slip on this phone when nobody kept them', async () => {
    const phone = await refusedAfterAnswers()
    const id = await newTicket(phone)
    await adoptStrayDraft(phone.device, id, FORM)
    expect(await loadDraft(phone.device, id, FORM)).toBeNull()
    await deleteStrayDrafts(phone.device, 'forgotten')
    expect(await strayDrafts(phone.device)).toEqual([])
  })

  it('are not answers to other questions, take the place of no others, and go after a week', async () => {
    const phone = await refusedAfterAnswers()
    const { device } = phone
    await keepStrayDrafts(device)
    const id = await newTicket(phone)
    await adoptStrayDraft(device, id, 'other questions')
    expect(await loadDraft(device, id, 'other questions')).toBeNull()
    await saveDraft(device, id, FORM, { answers: { I1: 2 }, coarse: {} })
    await adoptStrayDraft(device, id, FORM)
    expect(await loadDraft(device, id, FORM)).toEqual({ answers: { I1: 2 }, coarse: {} })
    phone.later(DRAFT_LIFE_MS + 1)
    await deleteStrayDrafts(device, 'forgotten')
    expect(await strayDrafts(device)).toEqual([])
  })

  it('go with the slip where no other one would help', async () => {
    const test = await testCampaign()
    const device = testDevice(test.app)
    const scanned = await findOrKeepSlip(device, test.slip('iit'))
    await saveDraft(device, scanned.id, FORM, DRAFT)
    await closeCampaign(test.stores, test.campaign, 'test')
    expect(await advanceTicket(device, scanned)).toMatchObject({ outcome: 'refused', reason: 'campaign-closed' })
    expect(await strayDrafts(device)).toEqual([])
  })
})

it('answers to other questions than the round asks are deleted, and never mixed with those to its own', async () => {
  const phone = await refusedAfterAnswers()
  const id = await newTicket(phone)
  await saveDraft(phone.device, id, 'first', { answers: { I1: 4, I2: 2 }, coarse: {} })
  await saveDraft(phone.device, id, 'second', { answers: { I1: 1 }, coarse: {} })
  expect(await loadDraft(phone.device, id, 'second')).toEqual({ answers: { I1: 1 }, coarse: {} })
  expect(await loadDraft(phone.device, id, 'first')).toBeNull()
  expect(await loadDraft(phone.device, id, 'second')).toBeNull()
})
