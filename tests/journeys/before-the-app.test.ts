import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { goOn, isChecked, untilReady } from '#tests/support/answering.ts'
import {
  ANSWERS,
  answerRest,
  begin,
  choose,
  heldBack,
  openedRow,
  ROW,
  untilUsable,
} from '#tests/support/early-phone.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'

const APP = '**/assets/app-*.js'

/** Whether the app is there: nothing of the page answers to it before. */
async function untilTakenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => sessionStorage.getItem('prongsai.fresh') === null)
}

describe('before the app has come', () => {
  it('the first three questions are answered, by finger and by keyboard, and are in the opened box', async () => {
    const round = await startRound()
    const { phone, page, letGo } = await heldBack(round, APP)
    await begin(phone, round.link('iit'))
    await choose(phone, 'I1')
    await page.locator('[data-item=I2] input').first().focus()
    await page.keyboard.press('Space')
    const steps = questionnaire('iit-2566').items[1]?.options.findIndex(({ code }) => code === ANSWERS.I2) ?? 0
    for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown')
    await choose(phone, 'I3')
    await page.waitForSelector('[data-saved=saved]')
    expect(await page.textContent('.save-line')).toContain('3')
    await phone.inspect('iit-th-0-before-the-app')
    // the fourth question's help is open, and its first choice has the keyboard
    await phone.tap('#item-I4 summary')
    await page.locator('[data-item=I4] input').first().focus()
    const before = await page.evaluate(() => window.scrollY)

    letGo()
    await untilTakenOver(page)
    for (const item of ['I1', 'I2', 'I3']) expect(await isChecked(page, item, ANSWERS[item] ?? 0)).toBe(true)
    expect(await page.locator('input:checked').count()).toBe(3)
    expect(await page.locator('#item-I4 details').getAttribute('open')).not.toBeNull()
    expect(await page.evaluate(() => document.activeElement?.closest('[data-item]')?.getAttribute('data-item'))).toBe(
      'I4',
    )
    expect(await page.evaluate(() => window.scrollY)).toBe(before)
    await untilReady(page)
    await answerRest(phone, 0)
    await phone.tap('#seal')
    await page.waitForSelector('[data-delivery=delivered]')
    expect(await openedRow(round)).toBe(ROW)
  })

  it('start is pressed twice, one goes back and on again, and the next part is asked for: each once, nothing lost', async () => {
    const round = await startRound()
    const { phone, page, letGo } = await heldBack(round, APP)
    await page.goto(round.link('iit'), { waitUntil: 'commit' })
    await untilUsable(page)
    await page.waitForSelector('#start:not([aria-disabled])')
    await page.evaluate(() => {
      document.getElementById('start')?.click()
      document.getElementById('start')?.click()
    })
    await page.waitForSelector('[data-item=I1]')
    await choose(phone, 'I1')
    await page.waitForSelector('[data-saved=saved]')
    await page.goBack()
    await page.waitForSelector('#start:not([aria-disabled])')
    await phone.tap('#start')
    await page.waitForSelector(`[data-item=I1] input[value="${ANSWERS.I1}"]:checked`)
    for (const item of ['I6', 'I2', 'I5', 'I3', 'I4']) await choose(phone, item)
    await goOn(phone)
    expect(await page.textContent('#ticket-state')).toMatch(/\S/)
    letGo()
    await page.waitForSelector('[data-item=I7]')
    await untilTakenOver(page)
    await page.goBack()
    await page.waitForSelector(`[data-item=I6] input[value="${ANSWERS.I6}"]:checked`)
    await page.goBack()
    await page.waitForSelector('#start')
    expect(await page.textContent('h1')).toContain('6')
  })

  it('the page is loaded again, and its answers are back', async () => {
    const round = await startRound()
    const { phone, page, letGo } = await heldBack(round, APP)
    await begin(phone, round.link('iit'))
    for (const item of ['I1', 'I2']) await choose(phone, item)
    await page.waitForSelector('[data-saved=saved]')
    await page.reload({ waitUntil: 'commit' })
    await page.waitForSelector(`[data-item=I2] input[value="${ANSWERS.I2}"]:checked`)
    await choose(phone, 'I3')
    letGo()
    await untilTakenOver(page)
    expect(await page.locator('input:checked').count()).toBe(3)
  })

  it('the app could not be fetched at first, and the page is loaded anew once it can be, with what was answered', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    const { page } = phone
    let isReachable = false
    await page.route(APP, (route) => (isReachable ? route.continue() : route.abort()))
    await begin(phone, round.link('iit'))
    for (const item of ['I1', 'I2']) await choose(phone, item)
    await page.waitForSelector('[data-saved=saved]')
    isReachable = true
    await untilTakenOver(page)
    await untilReady(page)
    for (const item of ['I1', 'I2']) expect(await isChecked(page, item, ANSWERS[item] ?? 0)).toBe(true)
    expect(await page.locator('input:checked').count()).toBe(2)
  })

  it('an app that comes and fails all the same does not send its person round in circles', async () => {
    const round = await startRound()
    const phone = await Phone.open(join(round.folder, 'profile'))
    const { page } = phone
    let pages = 0
    page.on('domcontentloaded', () => {
      pages += 1
    })
    await page.route(APP, (route) => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error()' }))
    await begin(phone, round.link('iit'))
    await choose(phone, 'I1')
    // the page of the slip, the one in its place, and three times anew
    await expect.poll(() => pages).toBe(5)
    await page.waitForTimeout(8000)
    expect(pages).toBe(5)
    expect(await isChecked(page, 'I1', ANSWERS.I1 ?? 0)).toBe(true)
  })

  it('a visitor says what they came for, and goes on with the questions', async () => {
    const round = await startRound()
    const { phone, page, letGo } = await heldBack(round, APP)
    await page.goto(round.link('eit-public'), { waitUntil: 'commit' })
    await untilUsable(page)
    await page.waitForSelector('#start:not([aria-disabled])')
    await phone.tap('#start')
    await page.waitForSelector('[data-opening=used]')
    expect(await page.locator('[data-opening=contact]').isVisible()).toBe(false)
    await phone.tap('[data-opening=used] label:has(input[value=yes])')
    await phone.tap('[data-opening=contact] label:has(input[value=event])')
    await goOn(phone)
    letGo()
    await page.waitForSelector('[data-item=E1]')
  })
})
