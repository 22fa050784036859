import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Phone } from '#tests/support/phone.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'
import {
  answerVisitorPage,
  beginVisit,
  enrolled,
  openPanel,
  servicePoint,
  setPin,
  TABLET_SIZE,
} from '#tests/support/tablet.ts'

/** Every screen in both languages, normal and largest text, light and dark. */
async function inspectAll(tablet: Phone, name: string): Promise<void> {
  const { page } = tablet
  for (const language of ['th', 'en'] as const) {
    if ((await page.getAttribute('html', 'lang')) !== language) {
      await page.click('.language')
      await page.waitForSelector(`html[lang=${language}]`)
    }
    for (const size of [1, 3] as const) {
      await page.click(`.size-${size}`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await tablet.inspect(`counter-${name}-${language}-${size}-${colorScheme}`)
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.click('.size-1')
  await page.click('.language')
  await page.waitForSelector('html[lang=th]')
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('.choice, .button, .size, .language')]
      .map((target) => ({ name: target.textContent, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && (box.height < 56 || box.width < 56))
      .map((target) => `${target.name} ${target.box.width}×${target.box.height}`),
  )
  expect([name, small]).toEqual([name, []])
}

/** What goes away by itself after some seconds stays to be looked at. */
async function holdScreens({ page }: Phone): Promise<void> {
  await page.evaluate(() => {
    const later = window.setTimeout.bind(window)
    const isShort = (ms?: number) => (ms ?? 0) < 5000
    const held = (run: () => void, ms?: number) => (isShort(ms) ? later(run, ms) : 0)
    Object.assign(window, { setTimeout: held })
  })
}

/** The question whether somebody is still there: any touch takes it away, so its looks are chosen before. */
async function inspectIdle(tablet: Phone): Promise<void> {
  const { page } = tablet
  for (const [language, size, colorScheme] of [
    ['th', 3, 'light'],
    ['en', 1, 'light'],
    ['en', 3, 'dark'],
  ] as const) {
    await page.click('#start')
    await page.waitForSelector('[data-opening=used]')
    if (language === 'en') await page.click('.language')
    // at rest: timers that were running while it is installed would end at once
    else await page.clock.install()
    await page.click(`.size-${size}`)
    await page.emulateMedia({ colorScheme })
    await page.clock.fastForward(61_000)
    await page.waitForSelector('[data-idle]')
    await tablet.inspect(`counter-idle-${language}-${size}-${colorScheme}`)
    await page.click('.idle button')
    await page.click('.quit button')
    await page.waitForSelector('[data-counter=attract]')
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

it('every screen of a counter holds in Thai and English, normal and largest text, light and dark, with targets of 56 pixels', {
  timeout: 600_000,
}, async () => {
  const point = await servicePoint()
  const [link, quota] = [await point.link(3), 3]
  const tablet = await Phone.open(join(point.folder, 'profile'), TABLET_SIZE)
  const { page } = tablet
  await page.goto(`${point.url}/counter`)
  await page.waitForSelector('[data-enrol=none]')
  await inspectAll(tablet, 'enrol')
  await page.goto(link)
  await page.waitForSelector('[data-counter=set-pin]', { timeout: 30_000 })
  await inspectAll(tablet, 'set-pin')
  await setPin(tablet)
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await inspectAll(tablet, 'attract')
  await page.click('#officer')
  await page.fill('[name=pin]', '0000')
  await page.click('form .button.primary')
  await page.waitForSelector('[data-pin-wait]')
  await inspectAll(tablet, 'ask-pin')
  await page.click('form .button.secondary')
  await openPanel(tablet)
  await page.click('details summary')
  await inspectAll(tablet, 'panel')
  await page.click('#leave-panel')
  await page.waitForSelector('[data-counter=attract]')
  await page.click('#own-phone')
  await page.waitForSelector('[data-counter=own-phone]')
  await inspectAll(tablet, 'own-phone')
  await page.click('#next-visitor')
  await page.waitForSelector('[data-counter=attract]')
  await page.click('#start')
  await page.waitForSelector('[data-opening=used]')
  await inspectAll(tablet, 'opening')
  await page.click('.quit button')
  await beginVisit(tablet)
  await answerVisitorPage(tablet, 0, {})
  await page.click('.row.end .button.primary')
  await page.waitForSelector('.missing-text')
  await inspectAll(tablet, 'missing')
  await page.click('.quit button')
  await page.waitForSelector('[data-counter=attract]')
  await inspectIdle(tablet)
  await holdScreens(tablet)
  for (let visitor = 0; visitor < quota; visitor += 1) {
    await beginVisit(tablet)
    for (const part of [0, 1, 2]) {
      await answerVisitorPage(tablet, part, randomAnswers('eit-2566'))
      await page.click('.row.end .button.primary')
    }
    await page.waitForSelector('[data-counter=thanks]')
    if (visitor === 0) await inspectAll(tablet, 'thanks')
    await page.click('#next-visitor')
  }
  await page.waitForSelector('[data-counter=empty]')
  await inspectAll(tablet, 'empty')
})

it.each([
  ['a phone', 360, 740],
  ['a tablet held across', 1180, 820],
] as const)('the counter holds on %s, too, in both languages and the largest text', async (name, width, height) => {
  const point = await servicePoint()
  const tablet = await Phone.open(join(point.folder, 'profile'), { width, height })
  const { page } = tablet
  await page.goto(await point.link(3))
  await setPin(tablet)
  await page.waitForSelector('[data-counter=attract]', { timeout: 60_000 })
  await tablet.inspect(`counter-${name}-attract-th`)
  await openPanel(tablet)
  await page.click('details summary')
  await page.click('.size-3')
  await tablet.inspect(`counter-${name}-panel-th-3`)
  await page.click('.language')
  await page.waitForSelector('html[lang=en]')
  await tablet.inspect(`counter-${name}-panel-en-3`)
  await page.click('#leave-panel')
  await beginVisit(tablet)
  await answerVisitorPage(tablet, 0, randomAnswers('eit-2566'))
  await page.click('.size-3')
  await tablet.inspect(`counter-${name}-questions-th-3`)
})

it('reads a question aloud with a voice of the device, and offers nothing where there is none', async () => {
  const point = await servicePoint()
  const tablet = await enrolled(join(point.folder, 'profile'), await point.link(3))
  const { page } = tablet
  await beginVisit(tablet)
  await page.waitForSelector('[data-item=E1]')
  expect(await page.locator('text=อ่านให้ฟัง').count()).toBe(0)
  await page.evaluate(() => {
    const spoken: string[] = []
    const voices = [
      { lang: 'th-TH', localService: false, name: 'on a server' },
      { lang: 'th-TH', localService: true, name: 'on the device' },
    ]
    Object.defineProperty(window, 'SpeechSynthesisUtterance', {
      value: class {
        voice: { name: string } | null = null
        text: string
        constructor(text: string) {
          this.text = text
        }
      },
    })
    Object.defineProperty(window, 'speechSynthesis', {
      value: {
        getVoices: () => voices,
        cancel: () => undefined,
        speak: (words: { text: string; voice: { name: string } }) => spoken.push(`${words.voice.name}: ${words.text}`),
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      },
    })
    Object.assign(window, { spoken })
  })
  await answerVisitorPage(tablet, 0, randomAnswers('eit-2566'))
  await page.click('.row.end .button.primary')
  await page.click('text=อ่านให้ฟัง >> nth=0')
  const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)
  expect(spoken).toEqual([expect.stringMatching(/^on the device: .*มากที่สุด/)])
})
