import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BoxStore } from '#collector/box/box-store'
import { openStores } from '#collector/data-folder'
import { untilStored } from '#tests/support/answering.ts'
import { directItem } from '#tests/support/direct-response.ts'
import type { Phone } from '#tests/support/phone.ts'
import { enrolled, openPanel, type ServicePoint, servicePoint } from '#tests/support/tablet.ts'

const N = 150
/** Pixels of the film, and how many of its pictures pass in a second. */
const FILM = { width: 640, height: 480, rate: 12 } as const

/** A rescue file of responses that were sealed somewhere else: how the first tablet comes to so many in no time. */
async function rescueFile(point: ServicePoint): Promise<string> {
  const stores = await openStores(point.data)
  const key = await stores.issuer.signingKey(point.campaign.cid, 'eit-public')
  await stores.end()
  if (!key) throw new Error('no key')
  const items = []
  for (let made = 0; made < N; made += 1) items.push(await directItem(point.campaign, 'eit-public', key, { E1: 1 }))
  const file = join(point.folder, 'rescue.json')
  writeFileSync(file, JSON.stringify({ v: 1, kind: 'ita-rescue', cid: point.campaign.manifest.cid, items }))
  return file
}

/**
 * Films the first tablet's screen: each picture as it is rendered there, seen by a camera that is held a little askew, not
 * quite near, in dim light. Written as luma only, which is what a camera delivers and a decoder reads.
 */
async function film(tablet: Phone, file: string, pictures: number): Promise<void> {
  writeFileSync(file, `YUV4MPEG2 W${FILM.width} H${FILM.height} F${FILM.rate}:1 Ip A1:1 C420jpeg\n`)
  const chroma = Buffer.alloc((FILM.width * FILM.height) / 2, 128)
  const taken = new Set<string>()
  while (taken.size < pictures) {
    const picture = await tablet.page.$eval('canvas.qr', (canvas) => (canvas as HTMLCanvasElement).toDataURL())
    if (taken.has(picture)) {
      await tablet.page.waitForTimeout(10)
      continue
    }
    const luma = await tablet.page.evaluate(seenByCamera, { ...FILM, picture, angle: ((taken.size % 7) - 3) * 1.5 })
    taken.add(picture)
    appendFileSync(file, Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(luma, 'base64'), chroma]))
  }
}

async function seenByCamera({
  width,
  height,
  picture,
  angle,
}: {
  width: number
  height: number
  picture: string
  angle: number
}): Promise<string> {
  const screen = Object.assign(new Image(), { src: picture })
  await screen.decode()
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingEnabled = false
  context.fillStyle = '#555'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2, height / 2)
  context.rotate((angle * Math.PI) / 180)
  context.globalAlpha = 0.8
  const side = height * 0.88
  context.drawImage(screen, -side / 2, -side / 2, side, side)
  const { data } = context.getImageData(0, 0, width, height)
  let luma = ''
  for (let at = 0; at < data.length; at += 4) luma += String.fromCharCode(data[at] ?? 0)
  return btoa(luma)
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
  const box = await BoxStore.open(join(point.data, 'box.sqlite'))
  expect(await box.count(point.campaign.cid, 'eit-public')).toBe(N)
  await box.end()
  console.log(`${N} responses filmed in ${seconds.toFixed(0)} s at ${FILM.rate} pictures a second`)
})
