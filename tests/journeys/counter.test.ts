import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/seeded-random'
import { BoxStore } from '#collector/box/box-store'
import { makeResponseOpener } from '#results/open-responses'
import { untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import {
  answerVisitorPage,
  beginVisit,
  countOf,
  enrolled,
  openPanel,
  PIN,
  type ServicePoint,
  servicePoint,
  TABLET_SIZE,
  visit,
} from '#tests/support/tablet.ts'

const VISITORS = 200

async function opened(point: ServicePoint, lane: 'eit-public' | 'eit-survey' = 'eit-public'): Promise<string[]> {
  const box = await BoxStore.open(join(point.data, 'box.sqlite'))
  const open = await makeResponseOpener(point.campaign, point.privateKey)
  const found: string[] = []
  for await (const sealed of box.sealedRows(point.campaign.cid, lane)) {
    const response = await open({ lane, sealed })
    found.push('response' in response ? sorted(response.response.answers) : response.spoiled)
  }
  await box.end()
  return found.sort()
}

const sorted = (answers: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(answers).sort())

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

it(`${VISITORS} visitors on a tablet without a network, killed twice: delivered is sealed, difference 0`, {
  timeout: 600_000,
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

  const random = new SeededRandom(11)
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
    if (visitor === 70 || visitor === 140) {
      await tablet.kill()
      tablet = await Phone.open(profile, TABLET_SIZE)
      await tablet.page.goto(`${point.url}/counter`)
    }
  }
  const perVisitor = (performance.now() - started) / VISITORS
  await tablet.page.waitForSelector('[data-counter=attract], [data-counter=empty]')
  await openPanel(tablet)
  expect(await countOf(tablet, 'collected', 'all')).toBe(VISITORS - abandoned)
  expect(await countOf(tablet, 'waiting', 'all')).toBe(VISITORS - abandoned)
  await tablet.inspect('counter-2-panel-waiting')

  await point.start()
  await tablet.tap('.button.primary')
  await tablet.page.waitForSelector('[data-difference="0"]', { timeout: 120_000 })
  expect(await countOf(tablet, 'delivered', 'all')).toBe(VISITORS - abandoned)
  await tablet.inspect('counter-3-panel-balanced')
  expect(await opened(point)).toEqual(sealed.sort())
  console.log(
    `${VISITORS} visitors, ${abandoned} walked away, ${sealed.length} delivered; ${Math.round(perVisitor)} ms a visitor by machine`,
  )
})

it('keeps nothing of a visitor anywhere before the seal, and nothing readable after it', async () => {
  const point = await servicePoint()
  const profile = join(point.folder, 'profile')
  const tablet = await enrolled(profile, await point.link(10))
  const answers = randomAnswers('eit-2566', new SeededRandom(2))
  const dump = () =>
    tablet.page.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
      const stored = await Promise.all(
        names.map(async (name) => {
          const database = await new Promise<IDBDatabase>((resolve) => {
            const request = indexedDB.open(name)
            request.onsuccess = () => resolve(request.result)
          })
          const rows = await Promise.all(
            [...database.objectStoreNames].map(
              (table) =>
                new Promise((resolve) => {
                  const request = database.transaction(table).objectStore(table).getAll()
                  request.onsuccess = () => resolve([table, request.result])
                }),
            ),
          )
          database.close()
          return rows
        }),
      )
      return JSON.stringify({
        stored,
        local: { ...localStorage },
        session: { ...sessionStorage },
        state: history.state,
      })
    })
  await beginVisit(tablet)
  for (const page of [0, 1]) {
    await answerVisitorPage(tablet, page, answers)
    await tablet.page.click('.row.end .button.primary')
  }
  for (const trace of ['"E1"', '"contact":', 'service"']) expect(await dump()).not.toContain(trace)
  // left alone: asked, counted down, wiped
  await tablet.page.waitForSelector('[data-idle]', { timeout: 75_000 })
  await tablet.inspect('counter-4-idle')
  await tablet.page.waitForSelector('[data-counter=attract]', { timeout: 30_000 })
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
    await page.click('.row.end .button.primary')
  }
  await page.waitForSelector('[data-counter=thanks]')
  await page.click('#next-visitor')
  await expect.poll(async () => (await opened(point, 'eit-survey')).length, { timeout: 60_000 }).toBe(1)
  await page.click('#officer')
  for (let wrong = 0; wrong < 3; wrong += 1) {
    await page.fill('[name=pin]', '0000')
    await tablet.tap('form .button.primary')
    await page.waitForSelector('[data-pin-wait]')
  }
  await expect.poll(() => page.getAttribute('[data-pin-wait]', 'data-pin-wait')).toBe('2')
  await page.fill('[name=pin]', PIN)
  await tablet.tap('form .button.primary')
  await page.waitForSelector('[data-counter=ask-pin]')
  await page.waitForTimeout(2500)
  await page.fill('[name=pin]', PIN)
  await tablet.tap('form .button.primary')
  await page.waitForSelector('[data-counter=panel]')
  expect(await countOf(tablet, 'turnedAway', 'today')).toBe(1)
})
