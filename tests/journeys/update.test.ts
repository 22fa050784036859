import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { demoCampaign } from '#cli/demo/demo-campaign'
import { readSlips } from '#cli/files/slips-file'
import { APP_FOLDER } from '#cli/installation/project-folder'
import { startCollector } from '#collector/main'
import { untilReady, untilStored } from '#tests/support/answering.ts'
import { freePort } from '#tests/support/ita.ts'
import { Phone } from '#tests/support/phone.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

it('a new version waits while answers are on the screen, and is offered where nothing is half done', async () => {
  const folder = tempFolder()
  const [dataFolder, appFolder, port] = [join(folder, 'data'), join(folder, 'app'), await freePort()]
  cpSync(APP_FOLDER, appFolder, { recursive: true })
  for (const packed of ['sw.js.br', 'sw.js.gz']) rmSync(join(appFolder, packed))
  const demo = await demoCampaign(dataFolder, `http://127.0.0.1:${port}`)
  const collector = await startCollector({ dataFolder, port, host: '127.0.0.1', appFolder })
  onTestFinished(() => collector.stop())
  const phone = await Phone.open(join(folder, 'profile'))
  const { page } = phone
  await page.goto(readSlips(demo.lanes.iit.slips)[0]?.link ?? '')
  await untilReady(page)
  await untilStored(page)
  await phone.tap('#start')
  await phone.tap('[data-item=I1] label:has(input[value="4"])')
  await page.waitForSelector('[data-saved=saved]')

  appendFileSync(join(appFolder, 'sw.js'), '\n// the next version\n')
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update()
  })
  await page.waitForFunction(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting))
  expect(await page.locator('.update-bar').count()).toBe(0)
  await page.goBack()
  await page.waitForSelector('.update-bar')
  await phone.inspect('update-offered-th')
  await phone.tap('.update-bar .button')
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration())?.waiting)
  await untilReady(page)
  expect(await page.textContent('h1')).toContain('1')
})
