import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { untilReady, untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { readQr } from '#tests/support/read-pdf.ts'
import {
  answerVisitorPage,
  beginVisit,
  countOf,
  enrolled,
  opened,
  openPanel,
  PIN,
  servicePoint,
  sorted,
  visit,
} from '#tests/support/tablet.ts'
import { everythingStored } from '#tests/support/visitor.ts'

it('keeps nothing of a visitor anywhere before the seal, and nothing readable after it', async () => {
  const point = await servicePoint()
  const profile = join(point.folder, 'profile')
  const tablet = await enrolled(profile, await point.link(10))
  const answers = randomAnswers('eit-2566', new SeededRandom(2))
  const dump = () => everythingStored(tablet.page)
  await beginVisit(tablet)
  for (const page of [0, 1]) {
    await answerVisitorPage(tablet, page, answers)
    await tablet.page.click('.row.end .button.primary')
  }
  for (const trace of ['"E1"', '"contact":', 'service"']) expect(await dump()).not.toContain(trace)
  // left alone: asked, counted down, wiped
  await tablet.page.clock.install()
  await tablet.page.clock.fastForward(59_000)
  expect(await tablet.page.locator('[data-idle]').count()).toBe(0)
  await tablet.page.clock.runFor(1500)
  await tablet.page.waitForSelector('[data-idle]')
  await tablet.inspect('counter-4-idle')
  await tablet.page.clock.runFor(14_500)
  await tablet.page.waitForSelector('[data-counter=attract]')
  await tablet.page.clock.resume()
  await visit(tablet, answers)
  expect(await dump()).not.toContain('"E1"')
  const session = await tablet.page.context().newCDPSession(tablet.page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  expect(JSON.stringify(nodes)).not.toContain('น้อยที่สุด')
  await openPanel(tablet)
  expect(await countOf(tablet, 'abandoned', 'today')).toBe(1)
})

it('officers who interview press 1–4; visitors who need not answer are counted apart; a wrong PIN waits', async () => {
  const point = await servicePoint()
  const tablet = await enrolled(join(point.folder, 'profile'), await point.link(10, 'survey'))
  const { page } = tablet
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await page.click('#start')
  await page.click('[data-opening=used] input[value=no]')
  await page.click('.row.end .button.primary')
  await page.waitForSelector('[data-counter=thanks]')
  await tablet.inspect('counter-5-declined')
  await page.click('#next-visitor')
  await beginVisit(tablet)
  for (const [number, keys] of [
    ['1', 5],
    ['2', 5],
    ['1', 5],
  ] as const) {
    for (let key = 0; key < keys; key += 1) await page.keyboard.press(number)
    // the last one was a slip of the finger
    await page.keyboard.press('0')
    await page.keyboard.press('Enter')
    expect(await page.locator('[data-read-out]').count()).toBe(5)
    await page.keyboard.press(number)
    await page.keyboard.press('Enter')
  }
  await page.waitForSelector('[data-counter=thanks]')
  await page.click('#next-visitor')
  await expect.poll(async () => (await opened(point, 'eit-survey')).length, { timeout: 60_000 }).toBe(1)
  await page.click('#officer')
  // seconds that are left, as the screen says them: on a slow machine they may be over before anybody asks
  await page.evaluate(() => {
    const said = new Set<string>()
    Object.assign(window, { said })
    const note = () => said.add(document.querySelector('[data-pin-wait]')?.getAttribute('data-pin-wait') ?? '')
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  for (const [wrong, seconds] of [0, 0, 2, 4].entries()) {
    await page.fill('[name=pin]', '0000')
    await tablet.tap('form .button.primary')
    await page.waitForSelector('[data-pin-wait]')
    await expect.poll(() => page.evaluate('[...window.said]')).toContain(String(seconds))
    if (wrong === 2) await page.waitForTimeout(2500)
  }
  await page.fill('[name=pin]', PIN)
  await tablet.tap('form .button.primary')
  await page.waitForSelector('[data-counter=ask-pin]')
  await page.waitForTimeout(4500)
  await page.fill('[name=pin]', PIN)
  await tablet.tap('form .button.primary')
  await page.waitForSelector('[data-counter=panel]')
  expect(await countOf(tablet, 'turnedAway', 'today')).toBe(1)
})

it('a tablet that cannot deliver is rescued by a file: another tablet delivers, then both, and nothing counts twice', async () => {
  const point = await servicePoint()
  const [first, second] = [
    await enrolled(join(point.folder, 'first'), await point.link(5)),
    await enrolled(join(point.folder, 'second'), await point.link(5)),
  ]
  for (const tablet of [first, second]) {
    await tablet.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
    await untilStored(tablet.page)
  }
  await point.stop()
  const random = new SeededRandom(4)
  const given = Array.from({ length: 3 }, () => randomAnswers('eit-2566', random))
  for (const answers of given) await visit(first, answers)
  await openPanel(first)
  await first.page.click('details summary')
  await first.inspect('counter-6-rescue')
  const download = first.page.waitForEvent('download')
  await first.tap('#rescue-save')
  const file = join(point.folder, 'rescue.json')
  await (await download).saveAs(file)
  await point.start()
  await openPanel(second)
  await second.page.click('details summary')
  for (const added of ['3', '0']) {
    await second.page.setInputFiles('[name=rescue]', file)
    await second.page.waitForFunction(
      (n) => document.querySelector('[data-rescue=taken]')?.textContent?.includes(n),
      added,
    )
  }
  await second.page.waitForFunction(
    () => document.querySelector('[data-count=rescued] td:nth-of-type(2)')?.textContent === '3',
    null,
    { timeout: 90_000 },
  )
  await second.inspect('counter-7-rescued')
  await first.tap('.button.primary')
  await first.page.waitForSelector('[data-difference="0"]', { timeout: 90_000 })
  expect(await opened(point)).toEqual(given.map(sorted).sort())
  expect(await countOf(second, 'collected', 'all')).toBe(0)
})

it('a visitor answers on their own phone: the tablet’s QR is good once and changes for the next one', async () => {
  const point = await servicePoint()
  const tablet = await enrolled(join(point.folder, 'tablet'), await point.link(10))
  await tablet.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  const shownLink = async (name: string) => {
    // codes are registered right after the first tickets
    await expect
      .poll(
        async () => {
          await tablet.page.click('#own-phone')
          await tablet.page.waitForSelector('[data-counter=own-phone]')
          const there = await tablet.page.locator('.qr').count()
          if (there === 0) await tablet.page.click('#next-visitor')
          return there
        },
        { timeout: 60_000, interval: 2000 },
      )
      .toBe(1)
    await tablet.inspect(name)
    const png = await tablet.page.locator('.qr').screenshot()
    await tablet.page.click('#next-visitor')
    await tablet.page.waitForSelector('[data-counter=attract]')
    return readQr(png)
  }
  const [one, two] = [await shownLink('counter-8-own-phone'), await shownLink('counter-9-own-phone')]
  expect(one).toMatch(/#t\./)
  expect(two).not.toBe(one)
  const phone = await Phone.open(join(point.folder, 'phone'))
  await phone.page.goto(one)
  await untilReady(phone.page)
  const late = await Phone.open(join(point.folder, 'late'))
  await late.page.goto(one)
  await late.page.waitForSelector('[data-problem=code-used]')
})
