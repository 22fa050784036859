import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { canonicalHash } from '#protocol/json'
import { untilStored } from '#tests/support/answering.ts'
import { directItem } from '#tests/support/direct-response.ts'
import { filmFrame, filmHead } from '#tests/support/film.ts'
import { openBox } from '#tests/support/open-box.ts'
import type { Phone } from '#tests/support/phone.ts'
import { enrolled, openPanel, type ServicePoint, servicePoint } from '#tests/support/tablet.ts'

const N = 150
/** Pictures of the film that pass in a second: twice as fast as a tablet shows them. */
const RATE = 12

/** A rescue file of responses that were sealed somewhere else: how the first tablet comes to so many in no time. */
async function rescueFile(point: ServicePoint): Promise<string> {
  const stores = await openStores(point.data)
  const key = await stores.issuer.keys.of(point.campaign.cid, 'eit-public')
  await stores.end()
  if (!key) throw new Error('no key')
  const items = []
  for (let made = 0; made < N; made += 1) items.push(await directItem(point.campaign, 'eit-public', key, { E1: 1 }))
  const file = join(point.folder, 'rescue.json')
  writeFileSync(
    file,
    JSON.stringify({
      v: 2,
      kind: 'ita-rescue',
      cid: point.campaign.manifest.cid,
      items,
      hash: await canonicalHash(items),
    }),
  )
  return file
}

/** Films the first tablet's screen until so many different pictures were seen. Its clock is driven, so that a minute's show takes seconds. */
async function film({ page }: Phone, file: string, pictures: number): Promise<void> {
  writeFileSync(file, filmHead(RATE))
  await page.clock.install()
  const taken = new Set<string>()
  while (taken.size < pictures) {
    const picture = await page.$eval('canvas.qr', (canvas) => (canvas as HTMLCanvasElement).toDataURL())
    if (!taken.has(picture)) appendFileSync(file, await filmFrame(page, picture, ((taken.size % 7) - 3) * 1.5))
    taken.add(picture)
    await page.clock.runFor(80)
  }
  await page.clock.resume()
}

async function openRescue(tablet: Phone): Promise<void> {
  await openPanel(tablet)
  await tablet.page.click('details summary')
}

it(`${N} responses go from one tablet's screen into another one's camera, stopped in the middle, then both deliver: ${N} stored`, {
  timeout: 400_000,
}, async () => {
  const point = await servicePoint()
  const file = await rescueFile(point)
  const first = await enrolled(join(point.folder, 'first'), await point.link(5))
  await first.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await untilStored(first.page)
  const secondLink = await point.link(5)
  const seen = join(point.folder, 'film.y4m')
  writeFileSync(seen, '')
  await openRescue(first)
  await point.stop()
  await first.page.setInputFiles('[name=rescue]', file)
  await first.page.waitForSelector('[data-rescue=taken]')
  await first.page.click('#rescue-show')
  await first.page.waitForSelector('canvas.qr')
  await first.inspect('counter-10-pictures')
  await film(first, seen, 2 * N)
  await first.page.click('#pictures-stop')

  await point.start()
  const second = await enrolled(join(point.folder, 'second'), secondLink, seen)
  await second.page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await untilStored(second.page)
  await openRescue(second)
  await point.stop()
  const started = performance.now()
  await second.page.click('#rescue-film')
  await second.page.waitForFunction(() =>
    /[1-9]\d* .*150/.test(document.querySelector('[data-rescue] .notice')?.textContent ?? ''),
  )
  await second.inspect('counter-11-filming')
  await second.page.click('#camera-stop')
  await second.page.click('#rescue-film')
  await second.page.waitForSelector('[data-rescue=filmed]', { timeout: 240_000 })
  const seconds = (performance.now() - started) / 1000
  expect(await second.page.textContent('[data-rescue=filmed] .notice')).toContain(String(N))
  await second.page.click('#camera-stop')
  await point.start()
  for (const tablet of [first, second]) await tablet.page.click('.page > .row .button.primary')
  for (const tablet of [first, second]) {
    await tablet.page.waitForFunction(
      (all) => document.querySelector('[data-count=rescued] td:nth-of-type(2)')?.textContent === String(all),
      N,
      { timeout: 90_000 },
    )
  }
  await point.stop()
  const box = await openBox(point.data)
  expect(await box.count(point.campaign.cid, 'eit-public')).toBe(N)
  await box.end()
  console.log(`${N} responses filmed in ${seconds.toFixed(0)} s at ${RATE} pictures a second`)
})
