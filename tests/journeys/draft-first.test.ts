import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerPage, goOn, untilReady } from '#tests/support/answering.ts'
import { ANSWERS, answerRest, begin, choose, heldBack, openedRow, ROW, usedSlip } from '#tests/support/early-phone.ts'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'
import { storedIn } from '#tests/support/visitor.ts'

describe('while round and ticket are still on their way', () => {
  it('all is answered, sealing waits in words, and both come without a tap', async () => {
    const round = await startRound()
    const { phone, page, letGo } = await heldBack(round, '**/v2/campaigns/*')
    await begin(phone, round.link('iit'))
    await answerRest(phone, 0)
    expect(await page.getAttribute('#seal', 'aria-disabled')).toBe('true')
    expect(await page.getAttribute('#ticket-state', 'data-ticket')).toBe('waiting')
    await phone.inspect('iit-th-4-review-waiting')
    letGo()
    await untilReady(page)
    await page.waitForSelector(`[data-check-number="${round.demo.checkNumber}"]`)
    expect(await page.locator('[data-weaker=demonstration]').count()).toBe(1)
    await phone.tap('#seal')
    await page.waitForSelector('[data-delivery=delivered]')
    expect(await openedRow(round)).toBe(ROW)
  })

  it('a used slip is told with its answers kept: another slip takes them up when their person said so', async () => {
    const round = await startRound()
    const link = await usedSlip(round)
    const { phone, page, letGo } = await heldBack(round, '**/v2/issue')
    await begin(phone, link)
    await answerPage(phone, 'iit-2566', 0, ANSWERS, 'touch')
    await goOn(phone)
    await page.waitForSelector('[data-item=I7]')
    letGo()
    await page.waitForSelector('[data-problem=code-used]')
    await phone.inspect('iit-th-7-used-with-answers')
    await phone.tap('#keep-stray')
    await page.waitForSelector('[data-stray=kept]')
    await page.goto(round.link('iit'))
    await untilReady(page)
    expect(await page.textContent('h1')).toContain('6')
    await phone.tap('#start')
    await page.waitForSelector('[data-item=I7]')
    await answerRest(phone, 1)
    await phone.tap('#seal')
    await page.waitForSelector('[data-delivery=delivered]')
    expect(await openedRow(round)).toBe(ROW)
  })

  it('somebody else’s slip that is refused on the same phone takes nobody out of their questions, and shows no answers of theirs', async () => {
    const round = await startRound()
    const used = await usedSlip(round)
    const phone = await Phone.open(join(round.folder, 'profile'))
    const { page } = phone
    let isReachable = false
    await page.route('**/v2/**', (route) => (isReachable ? route.continue() : route.abort()))
    await begin(phone, used)
    for (const item of ['I1', 'I2', 'I3']) await choose(phone, item)
    await page.waitForSelector('[data-saved=saved]')
    // another person, on the same phone, still without a network
    await begin(phone, round.link('iit'))
    await choose(phone, 'I4')
    isReachable = true
    await untilReady(page)
    expect(await page.locator('[data-problem]').count()).toBe(0)
    expect(await page.locator('input:checked').count()).toBe(1)
    await answerRest(phone, 0)
    await page.waitForSelector(`[data-check-number="${round.demo.checkNumber}"]`)
    await phone.tap('#seal')
    await page.waitForSelector('[data-delivery=delivered]')
    expect(await openedRow(round)).toBe(ROW)
  })

  it('answers of a refused slip are gone for the next person, when nobody kept them', async () => {
    const round = await startRound()
    const link = await usedSlip(round)
    const { phone, page, letGo } = await heldBack(round, '**/v2/issue')
    await begin(phone, link)
    await choose(phone, 'I1')
    letGo()
    await page.waitForSelector('[data-problem=code-used]')
    await page.goto(round.link('iit'))
    await untilReady(page)
    await phone.tap('#start')
    await page.waitForSelector('[data-item=I1]')
    expect(await page.locator('input:checked').count()).toBe(0)
    expect(await storedIn(round)).toBe(0)
  })
})
