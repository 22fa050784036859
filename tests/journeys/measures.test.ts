import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { serve } from '#tests/support/ita.ts'
import { keptRound } from '#tests/support/kept-round.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** An opened round whose tables were kept, and the team's room on the page of its measures. */
async function measuresPage() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  const cid = await keptRound(stores, {
    units: [
      { name: 'สำนักบริหารกลาง กลุ่มงานพัสดุ', eligible: 100 },
      { name: 'สำนักยุทธศาสตร์', eligible: 100 },
    ],
  })
  await stores.end()
  const collector = await serve(data)
  onTestFinished(() => collector.kill())
  const office = await OfficePage.open(folder, collector.url)
  await office.joinAsAdmin(data, 'สมชาย')
  await office.page.click('.cards a.card')
  await office.part('measures')
  await office.page.waitForSelector('[data-plan]')
  return { folder, data, cid, collector, office, page: office.page }
}

it('an administrator plans measures from the library, in her own words, and sees what is missing', {
  timeout: 240_000,
}, async () => {
  const { office, page } = await measuresPage()
  expect(
    await page.locator('[data-issue]').evaluateAll((all) => all.map((one) => one.getAttribute('data-issue'))),
  ).toEqual([
    ...['disclosure', 'process', 'service', 'communication', 'property', 'budget', 'power', 'anti-corruption'],
  ])
  await office.desk.inspect('measures-empty')
  const property = page.locator('[data-issue=property]')
  await property.locator('.add-measure summary').click()
  await office.desk.inspect('measures-library')
  await property.locator('[data-offer=property-manual] button').click()
  await property.locator('[data-measure]').waitFor()
  await page.waitForSelector('[data-saved=saved]')
  await office.desk.inspect('measures-one')
  await property.locator('[data-measure] summary:has-text("ความก้าวหน้า")').click()
  await office.desk.inspect('measures-progress')
  await office.desk.resize({ width: 360, height: 740 })
  await office.desk.inspect('measures-phone')
})
