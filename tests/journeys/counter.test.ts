import { join } from 'node:path'
import type { CDPSession } from 'playwright-core'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { filesHolding, tracesOfAnswers } from '#tests/support/profile-search.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { startRound } from '#tests/support/round.ts'
import {
  answerVisitorPage,
  beginVisit,
  countOf,
  enrolled,
  opened,
  openPanel,
  servicePoint,
  sorted,
  TABLET_SIZE,
  visit,
} from '#tests/support/tablet.ts'
import { everythingStored, toReview, VISITOR_ANSWERS } from '#tests/support/visitor.ts'

/** A long day is `npm run soak`: 200. */
const VISITORS = Number(process.env.VISITORS ?? 60)
/** After whom the tablet's battery goes. */
const KILLED_AFTER = [Math.floor(VISITORS * 0.35), Math.floor(VISITORS * 0.7)]

/** Somebody who leaves in the middle: they press "stop", or somebody reloads the page. */
async function walkAway(
  tablet: Phone,
  answers: Readonly<Record<string, number>>,
  how: 'stop' | 'reload',
): Promise<void> {
  await beginVisit(tablet)
  await answerVisitorPage(tablet, 0, answers)
  if (how === 'stop') await tablet.page.click('.quit button')
  else await tablet.page.reload()
}

/** Double taps, another language, back and forth; and Back after the seal, which must show nothing. */
async function hesitate(tablet: Phone, answers: Readonly<Record<string, number>>): Promise<void> {
  const { page } = tablet
  await page.waitForSelector('[data-counter=attract] #start')
  await page.dblclick('#start')
  await page.click('.language')
  await page.click('[data-opening=used] input[value=yes]')
  await page.click('[data-opening=contact] input[value=other]')
  await page.click('.row.end .button.primary')
  await answerVisitorPage(tablet, 0, answers)
  await page.goBack()
  await page.waitForSelector('[data-visit="0"]')
  await page.click('.row.end .button.primary')
  for (const part of [0, 1, 2]) {
    await answerVisitorPage(tablet, part, answers)
    await page.click('.row.end .button.primary', { clickCount: part === 2 ? 3 : 1 })
  }
  await page.waitForSelector('[data-counter=thanks]')
  await page.goBack()
  expect(await page.locator('[data-item]').count()).toBe(0)
  await page.click('#next-visitor')
}

/** Between two visitors nothing of the last one is in any storage of the page, or on the screen for whoever hears it. */
async function expectNothingLeft(tablet: Phone, session: CDPSession): Promise<void> {
  await tablet.page.waitForSelector('[data-counter=attract], [data-counter=empty]')
  const stored = await everythingStored(tablet.page)
  expect(stored).toContain('"prongsai-counter","campaigns",[{')
  for (const trace of ['"E1"', '"answers"', '"contact"']) expect(stored).not.toContain(trace)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const roles = new Set(nodes.map(({ role }) => role?.value))
  expect(roles).toContain('heading')
  for (const role of ['radio', 'radiogroup']) expect(roles).not.toContain(role)
}

it(`${VISITORS} visitors on a tablet without a network, killed twice: delivered is sealed, difference 0`, {
  timeout: 1_200_000,
}, async () => {
  const point = await servicePoint()
  const profile = join(point.folder, 'profile')
  let tablet = await enrolled(profile, await point.link(VISITORS))
  await tablet.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await untilStored(tablet.page)
  await tablet.inspect('counter-1-attract')
  // a day's quota, fetched in the morning
  await expect
    .poll(
      async () => {
        await openPanel(tablet)
        const wallet = await countOf(tablet, 'wallet', 'all')
        await tablet.tap('#leave-panel')
        await tablet.page.waitForSelector('[data-counter=attract]')
        return wallet
      },
      { timeout: 120_000, interval: 3000 },
    )
    .toBe(VISITORS)
  await point.stop()

  let session = await tablet.page.context().newCDPSession(tablet.page)
  const random = new SeededRandom(11)
  const traces: (string | Buffer)[] = []
  const sealed: string[] = []
  let abandoned = 0
  const started = performance.now()
  for (let visitor = 0; visitor < VISITORS; visitor += 1) {
    const answers = randomAnswers('eit-2566', random)
    const kind = visitor % 10
    if (kind === 3) await walkAway(tablet, answers, visitor % 20 === 3 ? 'stop' : 'reload')
    else if (kind === 6) await hesitate(tablet, answers)
    else await visit(tablet, answers)
    if (kind === 3) abandoned += 1
    else sealed.push(sorted(answers))
    traces.push(...tracesOfAnswers(answers))
    await expectNothingLeft(tablet, session)
    if (KILLED_AFTER.includes(visitor)) {
      await tablet.kill()
      tablet = await Phone.open(profile, TABLET_SIZE)
      expect(filesHolding(profile, traces)).toEqual([])
      await tablet.page.goto(`${point.url}/counter`)
      session = await tablet.page.context().newCDPSession(tablet.page)
    }
  }
  const perVisitor = (performance.now() - started) / VISITORS
  await tablet.page.waitForSelector('[data-counter=attract], [data-counter=empty]')
  await openPanel(tablet)
  expect(await countOf(tablet, 'collected', 'all')).toBe(VISITORS - abandoned)
  expect(await countOf(tablet, 'waiting', 'all')).toBe(VISITORS - abandoned)
  // however they went: by "stop" or with the page
  expect(await countOf(tablet, 'abandoned', 'today')).toBe(abandoned)
  await tablet.inspect('counter-2-panel-waiting')

  await point.start()
  await tablet.tap('.button.primary')
  await tablet.page.waitForSelector('[data-difference="0"]', { timeout: 120_000 })
  expect(await countOf(tablet, 'delivered', 'all')).toBe(VISITORS - abandoned)
  await tablet.inspect('counter-3-panel-balanced')
  expect(await opened(point)).toEqual(sealed.sort())
  await tablet.kill()
  expect(filesHolding(profile, traces)).toEqual([])
  console.log(
    `${VISITORS} visitors, ${abandoned} walked away, ${sealed.length} delivered; ${Math.round(perVisitor)} ms a visitor by machine`,
  )
})

it('the search of a profile finds answers where they are stored: a draft on a phone of one’s own is there, however it is written', async () => {
  const round = await startRound()
  const profile = join(round.folder, 'profile')
  const phone = await Phone.open(profile)
  const link = round.link('eit-public')
  await toReview(phone, link)
  await phone.page.waitForTimeout(500)
  await phone.kill()
  expect(filesHolding(profile, tracesOfAnswers(VISITOR_ANSWERS))).toEqual([expect.stringContaining('IndexedDB')])
})
