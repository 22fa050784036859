import { join } from 'node:path'
import { encodeQR } from 'qr'
import { expect, it } from 'vitest'
import { untilStored } from '#tests/support/answering.ts'
import { stillFilm } from '#tests/support/film.ts'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import { countOf, enrolled, openPanel, servicePoint, setPin, TABLET_SIZE, visit } from '#tests/support/tablet.ts'

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
  // nobody opens the link again: the page remembers what was asked
  await point.start()
  await page.reload()
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
