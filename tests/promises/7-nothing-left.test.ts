import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { APP_FOLDER } from '#cli/installation/project-folder'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'
import { everythingStored, toReview } from '#tests/support/visitor.ts'

it('after delivery a phone keeps nothing but a receipt, and Back shows no answer', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  const requests: string[] = []
  phone.page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`))
  const link = round.link('eit-public')
  const code = link.split('.').at(-2) ?? ''
  await toReview(phone, link)
  const beforeSealing = await everythingStored(phone.page)
  expect(beforeSealing).toContain('"E1":')
  expect(beforeSealing).not.toContain(code)
  await phone.tap('#seal')
  await phone.page.waitForSelector('[data-delivery=delivered]')
  const receipt = (await phone.page.textContent('[data-receipt]')) ?? ''
  for (let back = 0; back < 5; back += 1) {
    await phone.page.goBack({ timeout: 2000 }).catch(() => null)
    expect(await phone.page.locator('[data-item]').count()).toBe(0)
  }
  await phone.page.goto(round.url)
  await phone.page.waitForSelector('[data-receipt]')
  await phone.inspect('home-th-with-receipt')
  const stored = await everythingStored(phone.page)
  expect(stored).toContain(receipt)
  for (const trace of [code, '"E1"', 'contact', '"sig"', '"ct"', '"input"']) expect(stored).not.toContain(trace)
  // Cache Storage holds files of the app, nothing that was said or sent
  const { cached } = JSON.parse(stored) as { cached: string[][] }
  const files = readdirSync(APP_FOLDER, { recursive: true, encoding: 'utf8' })
  for (const url of cached.flat()) expect(files).toContain(new URL(url).pathname.slice(1))
  // nor does the list behind the Back button, or the accessibility tree
  const session = await phone.page.context().newCDPSession(phone.page)
  const { entries } = await session.send('Page.getNavigationHistory')
  expect(JSON.stringify(entries)).not.toContain(code)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  expect(nodes.length).toBeGreaterThan(10)
  expect(JSON.stringify(nodes)).not.toContain(code)
  const afterwards = requests.filter((request) => request.includes('/v2/box'))
  expect(afterwards).toHaveLength(1)
  for (const trace of ['"E1"', code, 'service']) expect(afterwards[0]).not.toContain(trace)
})
