import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { APP_FOLDER } from '#cli/installation/project-folder'
import { untilStored } from '#tests/support/answering.ts'
import type { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import {
  answerVisitorPage,
  beginVisit,
  countOf,
  enrolled,
  opened,
  openPanel,
  type ServicePoint,
  servicePoint,
  sorted,
  visit,
} from '#tests/support/tablet.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const YEAR_MS = 365 * 86_400_000

const random = new SeededRandom(8)
const someAnswers = () => randomAnswers('eit-2566', random)

/** A tablet that is ready for visitors and works without a network. */
async function readyTablet(point: ServicePoint, quota = 10): Promise<Phone> {
  const tablet = await enrolled(join(point.folder, 'profile'), await point.link(quota))
  await tablet.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await untilStored(tablet.page)
  return tablet
}

it('a tablet whose storage is full tells the visitor before they answer; the officer gets in and rescues; then it goes on', async () => {
  const point = await servicePoint()
  const tablet = await readyTablet(point)
  const { page } = tablet
  await point.stop()
  const answers = someAnswers()
  await visit(tablet, answers)
  await page.waitForSelector('[data-counter=attract]')
  const session = await page.context().newCDPSession(page)
  const allow = (quotaSize?: number) =>
    session.send('Storage.overrideQuotaForOrigin', { origin: point.url, ...(quotaSize ? { quotaSize } : {}) })
  await allow(1)
  await expect
    .poll(
      async () => {
        if (await page.locator('#start').count()) await page.click('#start')
        if (await page.locator('.quit button').count()) await page.click('.quit button')
        return page.locator('[data-empty=storage-full]').count()
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toBe(1)
  await tablet.inspect('counter-14-storage-full')
  await openPanel(tablet)
  expect(await countOf(tablet, 'waiting', 'all')).toBe(1)
  await page.click('details summary')
  const download = page.waitForEvent('download')
  await tablet.tap('#rescue-save')
  expect((await download).suggestedFilename()).toBe('prongsai-rescue-1.json')
  await allow()
  await point.start()
  await expect
    .poll(
      async () => {
        await page.click('.page > .row .button.primary')
        await page.waitForTimeout(500)
        return page.locator('[data-difference="0"]').count()
      },
      { timeout: 60_000, interval: 2000 },
    )
    .toBe(1)
  await page.click('#leave-panel')
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  expect(await opened(point)).toEqual([sorted(answers)])
})

/** The page's clock runs as many milliseconds off as the session says. */
function shiftClock(): void {
  const shift = Number(sessionStorage.shift ?? 0)
  const now = Date.now.bind(Date)
  window.Date = new Proxy(Date, {
    construct: (target, args) => (args.length > 0 ? Reflect.construct(target, args) : new target(now() + shift)),
  })
  window.Date.now = () => now() + shift
}

it('a tablet whose clock is a year off collects, delivers and names no strange age', async () => {
  const point = await servicePoint()
  const tablet = await readyTablet(point)
  const { page } = tablet
  const given = []
  await page.addInitScript(shiftClock)
  for (const years of [1, -1]) {
    await page.evaluate((shift) => sessionStorage.setItem('shift', String(shift)), years * YEAR_MS)
    await page.reload()
    const answers = someAnswers()
    given.push(sorted(answers))
    await visit(tablet, answers)
    await page.waitForSelector('[data-counter=attract]')
    await openPanel(tablet)
    await page.waitForSelector('[data-difference="0"]', { timeout: 60_000 })
    expect(await countOf(tablet, 'collected', 'today')).toBe(1)
    expect(await countOf(tablet, 'delivered', 'all')).toBe(given.length)
    expect(await page.textContent('.page')).not.toMatch(/(?<![A-Z])-\d/) // a device is called GST-1X1X
    await page.click('#leave-panel')
  }
  expect(await opened(point)).toEqual(given.sort())
})

it('every visitor begins as the officer chose; what one of them chose is gone with them', async () => {
  const point = await servicePoint()
  const tablet = await readyTablet(point)
  const { page } = tablet
  const html = page.locator('html')
  const look = async () => [
    await html.getAttribute('lang'),
    await html.getAttribute('data-text'),
    await html.getAttribute('data-contrast'),
  ]
  expect(await look()).toEqual(['th', '1', 'normal'])
  await openPanel(tablet)
  await page.click('.language')
  await page.click('.size-2')
  await page.click('.contrast')
  await page.click('#keep-greeting')
  await page.waitForSelector('#keep-greeting', { state: 'detached' })
  await tablet.inspect('counter-15-panel-contrast-en')
  await page.click('#leave-panel')
  await page.waitForSelector('[data-counter=attract]')
  expect(await look()).toEqual(['en', '2', 'more'])
  await page.click('#start')
  await page.click('.language')
  await page.click('.contrast')
  await page.click('.size-3')
  await page.waitForSelector('html[lang=th]')
  expect(await look()).toEqual(['th', '3', 'normal'])
  await page.click('.quit button')
  await page.waitForSelector('[data-counter=attract]')
  await expect.poll(look).toEqual(['en', '2', 'more'])
  // a passer-by's choice on the first screen stays while the tablet counts again, and goes after a minute
  await page.click('.language')
  await page.waitForSelector('html[lang=th]')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await page.waitForTimeout(1500)
  expect(await look()).toEqual(['th', '2', 'more'])
  await page.clock.install()
  await page.clock.runFor(61_500)
  await expect.poll(look).toEqual(['en', '2', 'more'])
  await page.clock.resume()
  await page.emulateMedia({ colorScheme: 'dark' })
  await beginVisit(tablet)
  await answerVisitorPage(tablet, 0, someAnswers())
  await tablet.inspect('counter-16-questions-contrast-dark')
})

it('the officer’s page tells why something was refused or cannot be read, and closes when the officer went away', async () => {
  const point = await servicePoint()
  const tablet = await readyTablet(point)
  const { page } = tablet
  await point.stop()
  for (let visitor = 0; visitor < 3; visitor += 1) {
    await visit(tablet, someAnswers())
    await page.waitForSelector('[data-counter=attract]')
  }
  // one was refused for good, one was stored by a version that does not exist yet
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('prongsai-counter')
      request.onsuccess = () => resolve(request.result)
    })
    const outbox = database.transaction('outbox', 'readwrite').objectStore('outbox')
    const all = await new Promise<Record<string, unknown>[]>((resolve) => {
      const request = outbox.getAll()
      request.onsuccess = () => resolve(request.result)
    })
    outbox.put({ ...all[0], state: 'refused', why: 'ticket-invalid' })
    await new Promise((resolve) => {
      outbox.put({ ...all[1], v: 3 }).onsuccess = resolve
    })
    database.close()
  })
  await page.reload()
  await page.waitForSelector('[data-counter=attract]')
  await openPanel(tablet)
  const counts = await Promise.all(['collected', 'waiting', 'refused'].map((name) => countOf(tablet, name, 'all')))
  expect(counts).toEqual([3, 1, 1])
  const text = (await page.textContent('.page')) ?? ''
  expect(text).toContain('บัตรตอบไม่ใช่ของรอบนี้')
  expect(text).toContain('โปรแกรมรุ่นใหม่กว่า')
  await tablet.inspect('counter-17-panel-reasons')
  // the officer is called away: two minutes later a visitor finds the first screen
  await page.clock.install()
  await page.clock.fastForward(121_000)
  await page.waitForSelector('[data-counter=attract]')
})

it('a tablet that learned that its round is closed stays closed, also offline and after a restart', async () => {
  const point = await servicePoint()
  const tablet = await readyTablet(point)
  const { page } = tablet
  await point.stop()
  await visit(tablet, someAnswers())
  await page.waitForSelector('[data-counter=attract]')
  await point.close()
  await point.start()
  await page.reload()
  await page.waitForSelector('[data-empty=closed]', { timeout: 60_000 })
  await point.stop()
  await page.reload()
  await page.waitForSelector('[data-empty=closed]')
  await page.waitForTimeout(1000)
  expect(await page.locator('[data-empty=closed]').count()).toBe(1)
  // what could not be sent any more is told, not promised
  await point.start()
  await openPanel(tablet)
  await page.click('.page > .row .button.primary')
  await page.waitForSelector('[data-trouble=campaign-closed]')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.slip-head').textContent()).toContain('ใบสรุปสิ้นวัน')
  await tablet.inspect('counter-18-slip-closed')
})

it('a new version waits for the first screen, and never takes a visit away that began meanwhile', async () => {
  const appFolder = join(tempFolder(), 'app')
  cpSync(APP_FOLDER, appFolder, { recursive: true })
  for (const packed of ['sw.js.br', 'sw.js.gz']) rmSync(join(appFolder, packed))
  const point = await servicePoint({ appFolder })
  const tablet = await readyTablet(point)
  const { page } = tablet
  await beginVisit(tablet)
  await answerVisitorPage(tablet, 0, { ...someAnswers(), E1: 3 })
  await page.evaluate(() => Object.assign(window, { loadedOnce: true }))
  appendFileSync(join(appFolder, 'sw.js'), '\n// the next version\n')
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update()
  })
  await page.waitForFunction(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting))
  await page.waitForTimeout(1000)
  expect(await page.locator('[data-item=E1] input[value="3"]').isChecked()).toBe(true)
  await page.click('.quit button')
  // taken over on the first screen, and loaded there
  await page.waitForFunction(() => !('loadedOnce' in window))
  await page.waitForSelector('[data-counter=attract]')
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting)).toBeNull()
})
