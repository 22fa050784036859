import { expect, it } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { closedRound, cutOffWhileClosing } from '#tests/support/closed-round.ts'
import { OfficePage, openBox } from '#tests/support/office-page.ts'
import { staff } from '#tests/support/random-answers.ts'

it('a closing that was cut off is finished in the room, without a reason, and then the box opens', {
  timeout: 120_000,
}, async () => {
  const open = async () => undefined
  const { folder, data, campaign, keys, collector } = await closedRound(staff(20), { iit: 20 }, open)
  // while the collector runs: at its next start it would finish the closing by itself
  const stores = await openStores(data)
  await cutOffWhileClosing(stores, campaign)
  await stores.end()
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.joinAsAdmin(data, 'ผู้ดูแล')
  await page.click('.card')
  await page.waitForSelector('[data-cut-off]')
  expect(await page.locator('[data-closing]').count()).toBe(0)
  await office.desk.inspect('closing-cut-off-1-notice')
  await page.click('#finish-closing')
  await page.waitForSelector('[data-closing]')
  expect(await page.textContent('[data-closing]')).toContain('20')
  await office.saved('#closing-sheet')
  await page.click('a[href="#rounds"]')
  await openBox(office, keys)
  await page.waitForSelector('[data-results="20"]')
})
