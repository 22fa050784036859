import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStores, type Stores } from '#collector/installation/data-folder'
import type { Release } from '#results/release'
import { serve } from '#tests/support/ita.ts'
import { makeRound } from '#tests/support/make-round.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** A round of an earlier year, opened, whose tables the team kept: staff scored this, in the first indicator that. */
async function keptRound(stores: Stores, fiscalYear: number, asked: string, [iit, first]: readonly [number, number]) {
  const { campaign } = await makeRound(stores, { fiscalYear })
  const { manifest, cid } = campaign
  const release: Release = {
    ...{ v: 2, cid: manifest.cid, fiscalYear, agency: manifest.agency, k: manifest.k, asked: { id: asked, hash: '' } },
    ...{ total: null, level: null, levelConfirmed: false, spoiled: [], withheld: [], breakdowns: [], choices: [] },
    instruments: { iit: { score: iit, n: 200, indicators: { '1': first }, items: {} } },
  } as unknown as Release
  for (const half of [stores.issuer, stores.box])
    for (const state of ['answers-closed', 'opened'] as const) await half.campaigns.move(cid, state)
  await stores.office.papers.save(manifest.cid, 'results', { version: 0, text: JSON.stringify(release) })
}

it('kept results of several years stand side by side, and where the questions changed nothing is compared by name', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const stores = await openStores(data)
  await keptRound(stores, 2567, 'other', [70.5, 60.25])
  await keptRound(stores, 2568, '2566', [80, 75])
  await keptRound(stores, 2569, '2566', [82.06, 77.5])
  await stores.end()
  const collector = await serve(data)
  onTestFinished(() => collector.kill())
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await office.join(data, 'ผู้ชม', 'viewer')
  await page.click('.card:has-text("ปีงบประมาณ พ.ศ. 2569")')
  await office.part('open')
  await page.waitForSelector('[data-years="2567 2568 2569"]')
  const row = (key: string) => page.locator(`[data-years-of="${key}"] td:not(.years-plot)`).allTextContents()
  expect(await row('iit')).toEqual(['70.50', '80.00', '82.06'])
  expect(await row('indicator-1')).toEqual(['คำถามต่างกัน', '75.00', '77.50'])
  expect(await page.textContent('[data-years-changed]')).toContain('2567')
  expect(await page.locator('[data-years-of=total], [data-years-of=oit]').count()).toBe(0)
  await office.desk.inspect('office-years')
  await office.desk.resize({ width: 360, height: 740 })
  await office.desk.inspect('office-years-phone')
})
