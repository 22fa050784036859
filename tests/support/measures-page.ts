import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { openStores } from '#collector/installation/data-folder'
import { clockedCollector } from './clocked-collector.ts'
import { keptRound } from './kept-round.ts'
import { OfficePage } from './office-page.ts'
import { tempFolder } from './temp-folder.ts'

/** An opened round whose tables were kept, a collector whose clock is ours, and the team's room. */
export async function measuresTeam() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  onTestFinished(() => stores.end())
  const cid = await keptRound(stores, {
    units: [
      { name: 'สำนักบริหารกลาง กลุ่มงานพัสดุ', eligible: 100 },
      { name: 'สำนักยุทธศาสตร์การค้าระหว่างประเทศ', eligible: 100 },
    ],
  })
  const collector = await clockedCollector(stores)
  const office = await OfficePage.open(folder, collector.url)
  await office.joinAsAdmin(data, 'สมชาย')
  await toMeasures(office)
  return { folder, data, stores, cid, collector, office, page: office.page }
}

/** To the measures of a year's round. */
export async function toMeasures(office: OfficePage, year = 2569): Promise<void> {
  await office.page.click(`.card:has-text("ปีงบประมาณ พ.ศ. ${year}")`)
  await office.part('measures')
  await office.page.waitForSelector('[data-plan]')
}

/** Once nothing waits to be saved. */
export const saved = (page: Page) => page.waitForSelector('[data-saved=saved]')
/** Takes a measure of the library, and answers its card. */
export async function take(page: Page, issue: string, offer: string) {
  const section = page.locator(`[data-issue=${issue}]`)
  const before = await section.locator('[data-measure]').count()
  await section.locator('.add-measure summary:has-text("คลัง")').click()
  await section.locator(`[data-offer=${offer}] button`).click()
  const card = section.locator('[data-measure]').nth(before)
  await card.waitFor()
  return card
}
