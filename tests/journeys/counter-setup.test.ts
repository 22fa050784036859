import { join } from 'node:path'
import { encodeQR } from 'qr'
import { expect, it } from 'vitest'
import { untilStored } from '#tests/support/answering.ts'
import { stillFilm } from '#tests/support/film.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import {
  answerVisitorPage,
  beginVisit,
  countOf,
  enrolled,
  openPanel,
  servicePoint,
  setPin,
  TABLET_SIZE,
  visit,
} from '#tests/support/tablet.ts'

it('a new link in the same tab gives the tablet another place; the queue stays, the token leaves the address, and a bad link harms nothing', async () => {
  const point = await servicePoint()
  const tablet = await enrolled(join(point.folder, 'profile'), await point.link(5))
  const { page } = tablet
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await untilStored(page)
  const [another, late] = [await point.link(5, 'survey'), await point.link(5)]
  await point.stop()
  await visit(tablet, randomAnswers('eit-2566'))
  // damaged, and offline: said, and the tablet goes on where it was
  await page.goto(`${point.url}/counter#e.broken`)
  await page.waitForSelector('[data-enrol=damaged]')
  await tablet.inspect('counter-12-damaged-link')
  await page.click('#go-on')
  await page.waitForSelector('[data-counter=attract]')
  await page.goto(another)
  await page.waitForSelector('[data-enrol=not-reached]')
  expect(page.url()).toBe(`${point.url}/counter`)
  await page.click('#go-on')
  await page.waitForSelector('[data-counter=attract]')
  await point.start()
  // going on was meant: no later start takes the place, and the PIN, away with nobody there
  await page.reload()
  await page.waitForSelector('[data-counter=attract]')
  // a link that comes while a visitor answers waits for them
  await beginVisit(tablet)
  await answerVisitorPage(tablet, 0, { E1: 3 })
  await page.evaluate((hash) => {
    location.hash = hash
  }, new URL(another).hash)
  await page.waitForFunction(() => location.hash === '')
  expect(await page.locator('[data-item=E1] input[value="3"]').isChecked()).toBe(true)
  await page.click('.quit button')
  await setPin(tablet)
  await page.waitForSelector('text=โหมดสัมภาษณ์', { timeout: 60_000 })
  await openPanel(tablet)
  expect(await countOf(tablet, 'collected', 'all')).toBe(1)
  await page.click('#leave-panel')
  // two tablets with one link: the second is told, and the first keeps its place
  const other = await Phone.open(join(point.folder, 'other'), TABLET_SIZE)
  await other.page.goto(another)
  await other.page.waitForSelector('[data-enrol=enrolment-used]')
  await other.page.goto(late)
  await setPin(other)
})

it('a link opened without a network is asked for again at the next start, in a browser as old as the app promises', async () => {
  const point = await servicePoint()
  const profile = join(point.folder, 'profile')
  const first = await enrolled(profile, await point.link(5))
  const { page } = first
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await untilStored(page)
  // the app is on the tablet, its place is not
  await page.evaluate(() => indexedDB.deleteDatabase('prongsai-counter'))
  const link = await point.link(5)
  await point.stop()
  await page.goto('about:blank')
  await page.addInitScript(() => Object.assign(window, { structuredClone: undefined, BarcodeDetector: undefined }))
  await page.goto(link)
  await page.waitForSelector('[data-enrol=not-reached]')
  await point.start()
  await page.goto(`${point.url}/counter`)
  await page.reload()
  await setPin(first)
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await visit(first, randomAnswers('eit-2566'))
  // Back does not lead out of the counter
  await page.waitForSelector('[data-counter=attract]')
  for (let back = 0; back < 3; back += 1) {
    await page.evaluate(() => history.back())
    await page.waitForTimeout(200)
  }
  expect(page.url()).toBe(`${point.url}/counter`)
  expect(await page.locator('#start').count()).toBe(1)
})

it('an iPad is told to install first, which costs no link; the installed app scans the same QR with its own camera', async () => {
  const point = await servicePoint()
  const link = await point.link(5)
  const film = join(point.folder, 'link.y4m')
  const painter = await Phone.open(join(point.folder, 'painter'), TABLET_SIZE)
  const picture = Buffer.from(encodeQR(link, 'gif', { scale: 4, border: 4 })).toString('base64')
  await stillFilm(painter.page, `data:image/gif;base64,${picture}`, film)
  const tablet = await Phone.open(join(point.folder, 'profile'), TABLET_SIZE, film)
  const { page } = tablet
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'standalone', { value: sessionStorage.installed === '1' }),
  )
  await page.goto(link)
  await page.waitForSelector('[data-enrol=install-first]')
  await tablet.inspect('counter-13-install-first')
  await page.evaluate(() => sessionStorage.setItem('installed', '1'))
  await page.goto(`${point.url}/counter`)
  await page.reload()
  await page.waitForSelector('[data-enrol=none]')
  await page.click('#scan-link')
  await setPin(tablet)
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
})
