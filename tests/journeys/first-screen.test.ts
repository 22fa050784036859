import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { APP_FOLDER } from '#cli/installation/project-folder'
import { goOn, untilReady, untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'

it('the first screen speaks Thai before any script runs', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  await phone.page.route('**/*.js', (route) => route.abort())
  await phone.page.goto(`${round.url}/`)
  expect(await phone.page.textContent('h1')).toMatch(/^ตอบตามจริงได้ /)
  expect(await phone.page.locator('.promises li').count()).toBe(3)
  const html = readFileSync(join(APP_FOLDER, 'index.html'), 'utf8')
  expect(html.replaceAll('\u2060', '')).toContain('เลขตรวจสอบ')
})

it('the strict headers break nothing: no console error from slip to questions, and the worker runs', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  const errors: string[] = []
  phone.page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  phone.page.on('pageerror', (error) => errors.push(error.message))
  await phone.page.goto(round.link('iit'))
  await untilReady(phone.page)
  await untilStored(phone.page)
  await phone.tap('#start')
  await phone.page.waitForSelector('[data-item=I1]')
  expect(errors).toEqual([])
})

it.each([
  ['phone', 360, 740],
  ['tablet', 820, 1180],
  ['desktop', 1280, 800],
])('every screen holds on a %s, in Thai and English, large and dark', async (device, width, height) => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'), { width, height })
  const { page } = phone
  await page.goto(round.link('eit-public'))
  await untilReady(page)
  await phone.inspect(`${device}-th-welcome`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await phone.inspect(`${device}-th-welcome-dark`)
  await phone.tap('.size-3')
  await phone.inspect(`${device}-th-welcome-dark-large`)
  await phone.tap('.language')
  await page.waitForSelector('html[lang=en]')
  await phone.inspect(`${device}-en-welcome-dark-large`)
  await phone.tap('.language')
  await page.waitForSelector('html[lang=th]')
  await phone.tap('#start')
  await phone.tap('[data-opening=used] label:has(input[value=yes])')
  await phone.tap('[data-opening=contact] label:has(input[value=service])')
  await phone.inspect(`${device}-th-opening-dark-large`)
  await goOn(phone)
  await page.waitForSelector('[data-item=E1]')
  await goOn(phone)
  await page.waitForSelector('.missing-text')
  await phone.tap('.question .disclosure summary')
  await phone.inspect(`${device}-th-missing-dark-large`)
  await page.emulateMedia({ colorScheme: 'light' })
  await phone.tap('.size-1')
  await phone.inspect(`${device}-th-missing`)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('.choice, .button, .size, .language, summary')]
      .map((target) => ({ name: target.className || target.tagName, height: target.getBoundingClientRect().height }))
      .filter((target) => target.height > 0 && target.height < 44),
  )
  expect(small).toEqual([])
  const choices = await page.evaluate(() =>
    Math.min(...[...document.querySelectorAll('.choice')].map((choice) => choice.getBoundingClientRect().height)),
  )
  expect(choices).toBeGreaterThanOrEqual(48)
})
