import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { answerPage, goOn, isChecked, untilReady } from '#tests/support/answering.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { startRound } from '#tests/support/round.ts'

/** Whether the whole of something is on the screen as it stands, without scrolling. */
function isInView(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((target) => {
    const { top, bottom } = target.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })
}

/** What the browser's tab says. */
const titleOf = (page: Page) => page.evaluate(() => document.title)

it('the button to begin is in view on the smallest phone in the largest text, and the check number on a common one', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  const { page } = phone
  await page.goto(round.link('iit'))
  await untilReady(page)
  await page.waitForSelector(`[data-check-number="${round.demo.checkNumber}"]`)
  expect([await isInView(page, '#start'), await isInView(page, '[data-check-number]')]).toEqual([true, true])
  await phone.resize({ width: 320, height: 568 })
  await phone.tap('.size-3')
  await page.evaluate(() => scrollTo(0, 0))
  expect(await isInView(page, '#start')).toBe(true)
  await phone.inspect('height-320-largest')
  await phone.tap('#start')
  await page.waitForSelector('[data-item=I1]')
  await phone.inspect('questions-320-largest')
  // what stays in view while somebody scrolls leaves most of the screen to the question
  const bar = await page.locator('.save-line').boundingBox()
  expect(bar?.height ?? 0).toBeLessThan(568 * 0.17)
})

it('from the review a question is one tap away, and the review one tap back; whoever comes back another day goes on at their question', async () => {
  const round = await startRound()
  const profile = join(round.folder, 'profile')
  const answers = randomAnswers('iit-2566', new SeededRandom(21))
  let phone = await Phone.open(profile)
  await phone.page.goto(round.link('iit'))
  await untilReady(phone.page)
  await phone.tap('#start')
  await phone.page.waitForSelector('[data-item=I1]')
  expect(await titleOf(phone.page)).toContain('การปฏิบัติหน้าที่ – ')
  await answerPage(phone, 'iit-2566', 0, answers, 'touch')
  await goOn(phone)
  await phone.page.waitForSelector('.milestone')
  for (const item of ['I7', 'I8', 'I9'])
    await phone.tap(`[data-item=${item}] label:has(input[value="${answers[item]}"])`)
  await phone.page.waitForSelector('[data-saved=saved]')
  await phone.kill()

  phone = await Phone.open(profile)
  const { page } = phone
  await page.goto(`${round.url}/`)
  await untilReady(page)
  expect(await page.textContent('#start')).toContain('10')
  expect(await isInView(page, '#start')).toBe(true)
  await phone.inspect('resume')
  await phone.tap('#start')
  await page.waitForSelector('[data-item=I10]')
  await expect.poll(() => isInView(page, '[data-item=I10] .choices')).toBe(true)
  // nobody left anything out: they only had not come so far
  expect(await page.locator('.missing-text').count()).toBe(0)

  for (const item of ['I10', 'I11', 'I12'])
    await phone.tap(`[data-item=${item}] label:has(input[value="${answers[item]}"])`)
  await goOn(phone)
  for (const part of [2, 3]) {
    await answerPage(phone, 'iit-2566', part, answers, 'touch')
    await goOn(phone)
  }
  // the last part is left out: the review says how many, and leads to the first of them
  await page.waitForSelector('[data-item=I25]')
  await goOn(phone)
  await goOn(phone)
  await page.waitForSelector('#seal')
  expect(await page.locator('.chosen-words .missing').count()).toBe(6)
  await phone.inspect('review-missing')
  await phone.tap('#seal')
  await page.waitForSelector('[data-item=I25]')
  expect(await page.locator('.missing-text').count()).toBe(6)
  await answerPage(phone, 'iit-2566', 4, answers, 'touch')
  await goOn(phone)

  await page.waitForSelector('#seal')
  expect(await isInView(page, '#seal')).toBe(true)
  await phone.tap('[data-review=I20]')
  await page.waitForSelector('[data-item=I20]')
  await phone.tap(`[data-item=I20] .choice >> nth=0`)
  const first = questionnaire('iit-2566').itemById.get('I20')?.options[0]?.code ?? 0
  expect(await isChecked(page, 'I20', first)).toBe(true)
  expect(await isInView(page, '#to-review')).toBe(true)
  await phone.inspect('from-review')
  await phone.tap('#to-review')
  await page.waitForSelector('#seal')
  // the browser's own Back does not lead into the question again
  await page.goBack()
  await page.waitForSelector('[data-item=I25]')
  await page.goForward()
  await page.waitForSelector('#seal')
})

it('a receipt is taken off the phone, the tab never tells that answers were sent, and a used slip alarms nobody', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  const { page } = phone
  const link = round.link('iit')
  const answers = randomAnswers('iit-2566', new SeededRandom(22))
  await page.goto(link)
  await untilReady(page)
  await phone.tap('#start')
  for (const part of [0, 1, 2, 3, 4]) {
    await answerPage(phone, 'iit-2566', part, answers, 'touch')
    await goOn(phone)
  }
  await phone.tap('#seal')
  await page.waitForSelector('[data-delivery=delivered]')
  expect(await titleOf(page)).toBe('โปร่งใส – แบบวัดคุณธรรมและความโปร่งใส')
  await page.waitForSelector('.next-steps')
  const receipt = (await page.textContent('[data-receipt]')) ?? ''
  await page.goto(link)
  await page.waitForSelector('[data-problem=code-used]')
  expect((await page.textContent('h1'))?.replace(/\u2060/g, '')).toMatch(/ไม่ต้องทำอะไร/)
  await phone.inspect('slip-used')
  await phone.tap('#look-again')
  await page.waitForSelector(`[data-receipt]:has-text("${receipt}")`)
  await phone.tap('#forget-receipt')
  await phone.inspect('forget-receipt')
  await phone.tap('#forget-receipt-yes')
  await page.waitForSelector('.typed-slip')
  await page.waitForSelector('[data-receipt]', { state: 'detached' })
  await page.reload()
  await page.waitForSelector('.typed-slip')
  expect(await page.textContent('body')).not.toContain(receipt)
  expect(await titleOf(page)).not.toMatch(/ส่ง/)

  // what was typed wrong is tied to the input it is about
  await page.fill('[name=code]', 'ABCD')
  await page.fill('[name=number]', '123')
  await phone.tap('.typed-slip .button')
  await page.waitForSelector('[name=code][aria-invalid=true]')
  const tied = await page.getAttribute('[name=code]', 'aria-describedby')
  expect(tied?.split(' ')).toContain('typed-fault')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code')
  await phone.inspect('typed-wrong')
})
