import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { answerPage, goOn, isChecked, untilReady } from '#tests/support/answering.ts'
import { questionnaire } from '#tests/support/forms.ts'
import { ita } from '#tests/support/ita.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { type Round, startRound } from '#tests/support/round.ts'
import { storedIn } from '#tests/support/visitor.ts'

const ANSWERS = randomAnswers('iit-2566', new SeededRandom(31))

/** A phone whose network holds some files back, until they are let go. */
async function heldBack(round: Round, files: string) {
  const phone = await Phone.open(join(round.folder, 'profile'))
  let letGo = () => {}
  const free = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await phone.page.route(files, async (route) => {
    await free
    await route.continue().catch(() => undefined)
  })
  return { phone, page: phone.page, letGo }
}

const APP = '**/assets/app-*.js'

async function begin(phone: Phone, link: string): Promise<void> {
  await phone.page.goto(link, { waitUntil: 'commit' })
  await phone.page.waitForSelector('#start:not([aria-disabled])')
  await phone.tap('#start')
  await phone.page.waitForSelector('[data-item=I1]')
}

async function choose(phone: Phone, item: string): Promise<void> {
  await phone.tap(`[data-item=${item}] label:has(input[value="${ANSWERS[item]}"])`)
  await phone.page.waitForSelector(`[data-item=${item}] input[value="${ANSWERS[item]}"]:checked`)
}

/** Whether the app is there: nothing of the page answers to it before. */
async function untilTakenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => sessionStorage.getItem('prongsai.fresh') === null)
}

async function answerRest(phone: Phone, from: number): Promise<void> {
  for (const part of [0, 1, 2, 3, 4].slice(from)) {
    await answerPage(phone, 'iit-2566', part, ANSWERS, 'touch')
    await goOn(phone)
  }
  await phone.page.waitForSelector('#seal')
}

async function openedRow(round: Round): Promise<string> {
  const out = join(round.folder, 'out')
  const key = round.demo.keys[0] ?? ''
  const opened = await ita(['open', '--data', round.data, '--campaign', round.demo.cid, '--key', key, '--out', out], {
    ITA_PASSPHRASE: 'demo',
  })
  expect(opened).toMatchObject({ code: 0, stderr: '' })
  return readFileSync(join(out, 'responses.csv'), 'utf8').trim().split('\r\n')[1] ?? ''
}

const ROW = `iit,${questionnaire('iit-2566')
  .items.map(({ id }) => ANSWERS[id])
  .join(',')}${','.repeat(15)}`

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
    // the page that took the slip in is left for this one
    await page.waitForURL(`${round.url}/`)
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

  it('a visitor says what they came for, and goes on with the questions', async () => {
    const round = await startRound()
    const { phone, page, letGo } = await heldBack(round, APP)
    await page.goto(round.link('eit-public'), { waitUntil: 'commit' })
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
    const link = round.link('iit')
    const first = await Phone.open(join(round.folder, 'first'))
    await first.page.goto(link)
    await untilReady(first.page)
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

  it('answers of a refused slip are gone for the next person, when nobody kept them', async () => {
    const round = await startRound()
    const link = round.link('iit')
    const first = await Phone.open(join(round.folder, 'first'))
    await first.page.goto(link)
    await untilReady(first.page)
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
